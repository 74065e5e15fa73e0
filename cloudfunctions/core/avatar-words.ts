// Why a picture is refused, in the words of the wire.
import { Refusal } from './errors'

const rejected = (why: string) => () => new Refusal('AVATAR_REJECTED', `the picture is refused: ${why}`)

/** One word for a path nobody issued and for another user's: which of them it is, is nobody's business. */
export const AVATAR_WORDS = {
  notIssued: rejected('the path was not issued to this user'),
  tooLate: rejected('the path was used before, or its hour is over'),
  nothingThere: rejected('nothing was uploaded to the path'),
  tooLarge: rejected('more than 2 MB'),
  wrongType: rejected('not a picture of the announced type'),
} as const
