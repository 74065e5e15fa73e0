// What a user can pass on when nothing they do will help: whom to tell, and under which number it is in our log.
import type { Failure } from '../auth/index'
import type { Words } from '../i18n/index'

export const factsOf = ({ say }: Words, contact: string, { requestId }: Failure): string[] => [
  say.contact(contact),
  ...(requestId === undefined ? [] : [say.requestId(requestId)]),
]
