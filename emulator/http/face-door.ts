// The faces of the people, as WeChat's picture servers give them to anybody who knows the address.

import { HttpRefusal } from '../guard'
import type { State } from '../state'
import { faceAt, PICTURE_SERVER } from '../state/user-info'
import type { Reply } from './reply'

/** `path` with its query, as it stands behind the name of the server. Throws HttpRefusal. */
export function faceReply(state: Pick<State, 'accounts'>, path: string): Reply {
  const bytes = faceAt(state, `${PICTURE_SERVER}${path}`)
  if (bytes === undefined) throw new HttpRefusal(404, 'NOT_FOUND', 'nobody has this face')
  return { status: 200, headers: { 'content-type': 'image/png' }, body: bytes }
}
