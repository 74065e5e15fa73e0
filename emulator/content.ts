// How WeChat judges content, as tests and the panel may choose. Types only.

/** `check` goes by the risky words and the unsafe pictures; `review` is for a human to decide. */
export type ContentVerdict = 'check' | 'pass' | 'review' | 'risky'

export interface ContentService {
  text: ContentVerdict
  /** `never`: the verdict is never pushed. */
  picture: ContentVerdict | 'never'
  /** From the question about a picture to its verdict, milliseconds of the emulated clock. */
  delayMs: number
}
