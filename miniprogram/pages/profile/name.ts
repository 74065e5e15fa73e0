// The name as it is sent, and how long it looks.

/** As many as the server takes. */
export const MAX_LETTERS = 20

/** The blanks of Unicode (Zs): any run of them is one, as the server stores it. */
const BLANKS = /[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g

export const tidied = (typed: string): string => typed.normalize('NFC').trim().replace(BLANKS, ' ')

const ZERO_WIDTH_JOINER = 0x200d
const within = (point: number, from: number, to: number): boolean => point >= from && point <= to
/** Accents, the variants and skins of emoji, the letters of tag flags: they sit on what stands before them. */
const isAttached = (point: number): boolean =>
  within(point, 0x300, 0x36f) ||
  within(point, 0x20d0, 0x20ff) ||
  within(point, 0xfe00, 0xfe0f) ||
  within(point, 0x1f3fb, 0x1f3ff) ||
  within(point, 0xe0020, 0xe007f)
/** From Hebrew to Georgian, from Ethiopic to Vedic, and some more: scripts whose marks are not known here. */
const OTHER_SCRIPTS = /[\u0590-\u10ff\u1200-\u1dff\ua000-\ua95f\ua980-\uabff]/
const isFlagHalf = (point: number): boolean => within(point, 0x1f1e6, 0x1f1ff)

/** By hand it knows accents and emoji; of a script that it does not know it counts too many. */
const countedByHand = (name: string): number => {
  let letters = 0
  let isJoined = false
  let isHalf = false
  for (const letter of Array.from(name)) {
    const point = letter.codePointAt(0) ?? 0
    const isSecondHalf: boolean = isHalf && isFlagHalf(point)
    if (point === ZERO_WIDTH_JOINER) {
      isJoined = true
      continue
    }
    if (!isJoined && !isAttached(point) && !isSecondHalf) letters += 1
    isHalf = isFlagHalf(point) && !isSecondHalf
    isJoined = false
  }
  return letters
}

interface Segmenter {
  segment(text: string): Iterable<unknown>
}

/** Many devices have none, and the types of this project's floor know of none. */
const segmenter = (): Segmenter | undefined => {
  const { Segmenter: Made } = (typeof Intl === 'object' ? Intl : {}) as {
    Segmenter?: new (locale: string) => Segmenter
  }
  return Made && new Made('zh')
}

/** Visible characters: a family of four is one. As the server counts where the device can. */
export const lettersOf = (name: string): number => {
  const known = segmenter()
  return known ? Array.from(known.segment(name)).length : countedByHand(name)
}

/** Whether no server takes it. Where the count is only a guess, only what is long by any count. */
export const isTooLong = (name: string): boolean =>
  lettersOf(name) > MAX_LETTERS && (segmenter() !== undefined || !OTHER_SCRIPTS.test(name))
