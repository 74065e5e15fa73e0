// The name as it is sent, and how long it looks.

/** As many as the server takes. */
export const MAX_LETTERS = 20

export const tidied = (typed: string): string => typed.normalize('NFC').trim()

const ZERO_WIDTH_JOINER = 0x200d
const within = (point: number, from: number, to: number): boolean => point >= from && point <= to
/** Accents, the variants and skins of emoji, the letters of tag flags: they sit on what stands before them. */
const isAttached = (point: number): boolean =>
  within(point, 0x300, 0x36f) ||
  within(point, 0x20d0, 0x20ff) ||
  within(point, 0xfe00, 0xfe0f) ||
  within(point, 0x1f3fb, 0x1f3ff) ||
  within(point, 0xe0020, 0xe007f)
const isFlagHalf = (point: number): boolean => within(point, 0x1f1e6, 0x1f1ff)

/**
 * Visible characters: a family of four is one. For the counter only, and by hand, because few devices have
 * Intl.Segmenter; the server counts for itself.
 */
export const lettersOf = (name: string): number => {
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
