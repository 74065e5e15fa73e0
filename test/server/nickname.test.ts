// Nicknames: what a person may be called.
import { readNickname } from '../../cloudfunctions/core/nickname'

const refused = expect.objectContaining({ code: 'PROFILE_REJECTED' })

describe('a nickname', () => {
  it.each([
    ['is trimmed', '  小明  ', '小明'],
    ['is spelled in NFC', 'Ame\u0301lie', 'Am\u00e9lie'],
    ['has its blanks made one', 'Anna  \u3000 Li', 'Anna Li'],
    ['may be one letter', 'X', 'X'],
    ['may be one emoji', '👍🏽', '👍🏽'],
    ['counts a family as one', '👨‍👩‍👧‍👦'.repeat(20), '👨‍👩‍👧‍👦'.repeat(20)],
    ['may hold a heart with its selector', 'a❤️b', 'a❤️b'],
    ['may be twenty characters', '字'.repeat(20), '字'.repeat(20)],
    ['may be Arabic', 'محمد', 'محمد'],
    ['may be Thai with its marks', 'ก็ได้', 'ก็ได้'],
    ['may be a keycap', '1️⃣', '1️⃣'],
    ['may be an emoji that only newer phones know', 'a\u{1FAFF}', 'a\u{1FAFF}'],
  ])('%s', (_what, text, name) => {
    expect(readNickname(text)).toBe(name)
  })

  it.each([
    ['empty', ''],
    ['blank', ' \u3000 '],
    ['too long', '字'.repeat(21)],
    ['made of far too much', 'a'.repeat(500)],
    ['a line end', 'a\nb'],
    ['a control', 'a\u0007b'],
    ['a NUL', 'a\u0000b'],
    ['a direction override', 'abc\u202Egnp.exe'],
    ['an isolate', 'a\u2066b\u2069'],
    ['an Arabic letter mark', 'a\u061Cb'],
    ['a zero-width space', 'ad\u200Bmin'],
    ['a zero-width joiner outside an emoji', 'ad\u200Dmin'],
    ['a joiner that joins nothing', '👨\u200D'],
    ['a loose variation selector', 'admin\uFE0F'],
    ['a soft hyphen', 'ad\u00ADmin'],
    ['a word joiner', 'ad\u2060min'],
    ['a Hangul filler', '\u3164'],
    ['a Braille blank', '\u2800'],
    ['tags', 'a\u{E0061}\u{E007F}'],
    ['what stands for nothing', 'a\u0378'],
    ['a private character', '\uE000'],
    ['a lone surrogate', 'a\uD800'],
    ['a tower of marks', `a${'\u0301\u0302\u0303\u0304\u0305\u0306'}b`],
    ['marks alone', '\u0301'],
  ])('is refused: %s', (_what, text) => {
    expect(() => readNickname(text)).toThrow(refused)
  })
})
