// Nicknames: what a person may be called, spelled in one way.
import { Refusal } from './errors'

const MOST_VISIBLE = 20
/** Long before anything is counted: one visible character may be made of many. */
const MOST_UNITS = 400

/**
 * Controls, line ends, what turns the direction of text, what is not seen, and code points that stand for nothing: with
 * them one name looks like another, or like text of the page.
 */
const TRICKS =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800\ufff9-\ufffb]/u
/** Also those that Unicode keeps for emoji to come: a phone draws them before this runtime has heard of them. */
const PICTOGRAPHS = /\p{Extended_Pictographic}/gu
/** What makes one emoji of several, and says how it looks; both are not seen, and elsewhere they hide. */
const JOINERS = /\u200d|\ufe0e|\ufe0f/gu
const LOOSE_JOINER =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)\u200d|\u200d(?!\p{Extended_Pictographic})|(?<!\p{Emoji})(?:\ufe0e|\ufe0f)/u
/** One base under a tower of marks. */
const TOWER = /\p{M}{5,}/u

const rejected = (why: string) => new Refusal('PROFILE_REJECTED', `the nickname is refused: ${why}`)

/** Trimmed, in NFC, 1 to 20 visible characters. PROFILE_REJECTED with the reason otherwise. */
export const readNickname = (text: string): string => {
  if (text.length > MOST_UNITS) throw rejected('too long')
  const name = text
    .normalize('NFC')
    .trim()
    .replace(/\p{Zs}+/gu, ' ')
  if (name === '') throw rejected('nothing is left of it')
  if (TRICKS.test(name.replace(JOINERS, '').replace(PICTOGRAPHS, '')) || LOOSE_JOINER.test(name) || TOWER.test(name))
    throw rejected('characters that are not seen')
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(name)) throw rejected('nothing in it is seen')
  const visible = [...new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(name)].length
  if (visible > MOST_VISIBLE) throw rejected(`more than ${MOST_VISIBLE} characters`)
  return name
}
