// A push that is believed: whom it is about, and what it makes us do. All of it may be done twice.
import { openidIdentity } from './identities'
import type { IdentityStore } from './ports'

/** What is to be forgotten of a person. */
export interface Forgotten {
  phone: boolean
  nickname: boolean
  avatar: boolean
}

export type PushEvent =
  | { kind: 'verdict'; traceId: string; verdict: 'pass' | 'risky' | 'unclear' }
  | { kind: 'forget'; openid: string; what: Forgotten }
  | { kind: 'cancelled'; openid: string }
  /** Nothing that concerns us; `name` is fit for a log. */
  | { kind: 'other'; name: string }

/** What pushes make us do. Each is idempotent, and content with somebody who is gone already. */
export interface PushDeeds {
  judge(traceId: string, verdict: 'pass' | 'risky' | 'unclear'): Promise<void>
  forgetPhone(userId: string, identity: string): Promise<void>
  forgetProfile(userId: string, what: Pick<Forgotten, 'nickname' | 'avatar'>): Promise<void>
  deleteAccount(userId: string): Promise<void>
}

/**
 * Deals with an event; says in a word what was done, for the log. What a person withdraws in one mini-program goes from
 * the account as a whole: who gave it where is not written down.
 */
export const dealWith = async (
  event: PushEvent,
  { identities, appid, deeds }: { identities: IdentityStore; appid: string; deeds: PushDeeds },
): Promise<string> => {
  if (event.kind === 'other') return `${event.name} is nothing to us`
  if (event.kind === 'verdict') {
    await deeds.judge(event.traceId, event.verdict)
    return `verdict: ${event.verdict}`
  }
  const identity = await identities.find(openidIdentity(appid, event.openid))
  if (identity === undefined) return `${event.kind}: nobody we know`
  const { userId } = identity
  if (event.kind === 'cancelled') {
    await deeds.deleteAccount(userId)
    return 'the account is deleted'
  }
  const { phone, ...profile } = event.what
  if (phone) await deeds.forgetPhone(userId, identity.id)
  if (profile.nickname || profile.avatar) await deeds.forgetProfile(userId, profile)
  const forgotten = Object.entries(event.what).flatMap(([name, gone]) => (gone ? [name] : []))
  return `forgotten: ${forgotten.join(', ') || 'nothing'}`
}
