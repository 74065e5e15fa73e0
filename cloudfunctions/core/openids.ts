// Openids at rest: sealed beside the claim, for WeChat's checks when no cloud says who is calling.
import { keyPlace } from './identities'
import type { IdentityRecord } from './records'
import type { Sealing } from './sealing'
import type { Secret } from './secret'

/** Undefined for a claim without one, and for one whose sealing key was retired: the next sign-in brings it again. */
export const openidOf = (
  sealing: Sealing,
  { id, openid }: IdentityRecord,
): { identity: string; openid: Secret } | undefined => {
  if (openid === undefined) return undefined
  try {
    return { identity: id, openid: sealing.open(openid, keyPlace(id, 'openid'), 'openid') }
  } catch {
    return undefined
  }
}
