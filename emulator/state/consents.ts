// Privacy: what each app has declared in its guideline, and what each person has agreed to.

import type { PrivacyInterface, PrivacyStanding } from '../phone'
import type { Table, Tables } from '../ports'
import type { Clock } from '../types'

/** After a refusal nothing is asked for so long. https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html */
export const SILENCE_MS = 10_000

/** What a sign-in touches; the guideline of both apps names all of it on the first day. */
export const PRIVACY_INTERFACES = ['phone', 'profile', 'clipboard', 'album'] as const satisfies PrivacyInterface[]

interface Consent {
  agreed: PrivacyInterface[]
  refusedAt?: number
}

export interface Consents {
  declare(appid: string, interfaces: readonly PrivacyInterface[]): void
  declared(appid: string): readonly PrivacyInterface[]
  /** What an API of this interface must expect. */
  standing(account: string, appid: string, about: PrivacyInterface): PrivacyStanding
  /** Something is declared that this person has not agreed to. */
  needed(account: string, appid: string): boolean
  /** Since the last refusal less than ten seconds went by. */
  silent(account: string, appid: string): boolean
  agree(account: string, appid: string): void
  refuse(account: string, appid: string): void
  /** The mini-program was deleted from "recent". */
  forget(account: string, appid: string): void
}

export function createConsents(tables: Tables, clock: Clock): Consents {
  const guidelines: Table<readonly PrivacyInterface[]> = tables.table('weixin.privacy-guidelines')
  const consents: Table<Consent> = tables.table('weixin.consents')
  const id = (account: string, appid: string) => `${appid} ${account}`
  const declared = (appid: string) => guidelines.get(appid) ?? PRIVACY_INTERFACES
  const agreed = (account: string, appid: string) => consents.get(id(account, appid))?.agreed ?? []
  const silent = (account: string, appid: string) => {
    const refusedAt = consents.get(id(account, appid))?.refusedAt
    return refusedAt !== undefined && clock.now() - refusedAt < SILENCE_MS
  }
  return {
    declare: (appid, interfaces) => guidelines.set(appid, [...new Set(interfaces)]),
    declared,
    standing(account, appid, about) {
      if (!declared(appid).includes(about)) return 'undeclared'
      if (agreed(account, appid).includes(about)) return 'agreed'
      return silent(account, appid) ? 'silent' : 'ask'
    },
    needed: (account, appid) => declared(appid).some((name) => !agreed(account, appid).includes(name)),
    silent,
    agree: (account, appid) => consents.set(id(account, appid), { agreed: [...declared(appid)] }),
    refuse: (account, appid) =>
      consents.set(id(account, appid), { agreed: agreed(account, appid), refusedAt: clock.now() }),
    forget: (account, appid) => void consents.delete(id(account, appid)),
  }
}
