// A push that is believed: whom it is about, and what it makes us do. All of it may be done twice.
import { openidIdentity } from './identities'
import { isSince } from './since'
import type { Stores } from './stores'

/** What is to be forgotten of a person. */
export interface Forgotten {
  phone: boolean
  nickname: boolean
  avatar: boolean
}

export type PushEvent =
  | { kind: 'verdict'; traceId: string; verdict: 'pass' | 'risky' | 'unclear' }
  /** `at`: the second WeChat dates it to, in milliseconds since 1970. What is newer is not meant. */
  | { kind: 'forget'; openid: string; what: Forgotten; at: number }
  | { kind: 'cancelled'; openid: string; at: number }
  /** Nothing that concerns us; `name` is fit for a log. */
  | { kind: 'other'; name: string }

/** What pushes make us do. Each is idempotent, content with somebody who is gone already, and leaves what came since `at`. */
export interface PushDeeds {
  judge(traceId: string, verdict: 'pass' | 'risky' | 'unclear'): Promise<void>
  forgetPhone(userId: string, identity: string, at: number): Promise<void>
  forgetProfile(userId: string, what: Pick<Forgotten, 'nickname' | 'avatar'>, at: number): Promise<void>
  deleteAccount(userId: string): Promise<void>
}

/**
 * Deals with an event; says in a word what was done, for the log. WeChat sends again what it got no answer to, and by
 * then the person may have come back: what is newer than the event is not what it is about. What a person withdraws in
 * one mini-program goes from the account as a whole: who gave it where is not written down.
 */
export const dealWith = async (
  event: PushEvent,
  { identities, users, appid, deeds }: Pick<Stores, 'identities' | 'users'> & { appid: string; deeds: PushDeeds },
): Promise<string> => {
  if (event.kind === 'other') return `${event.name} is nothing to us`
  if (event.kind === 'verdict') {
    await deeds.judge(event.traceId, event.verdict)
    return `verdict: ${event.verdict}`
  }
  const identity = await identities.find(openidIdentity(appid, event.openid))
  if (identity === undefined) return `${event.kind}: nobody we know`
  const { userId } = identity
  const { at } = event
  if (event.kind === 'cancelled') {
    const user = await users.find(userId)
    if ([identity, user].some((one) => isSince(one?.createdAt, at))) return 'cancelled: the account was made since'
    await deeds.deleteAccount(userId)
    return 'the account is deleted'
  }
  const { phone, ...profile } = event.what
  if (phone) await deeds.forgetPhone(userId, identity.id, at)
  if (profile.nickname || profile.avatar) await deeds.forgetProfile(userId, profile, at)
  const withdrawn = Object.entries(event.what).flatMap(([name, gone]) => (gone ? [name] : []))
  return `withdrawn: ${withdrawn.join(', ') || 'nothing'}`
}
