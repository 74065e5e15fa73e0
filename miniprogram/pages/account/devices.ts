// The devices as they are shown: what each is called, and when it was last used.
import type { Contract } from '../../auth/index'
import type { Words } from '../../i18n/index'

export type Session = Contract['sessions']['reply']['sessions'][number]

/** A row of the list. */
export interface Row {
  handle: string
  name: string
  /** "This device", or when it was last used. */
  when: string
  isCurrent: boolean
  /** It is being signed out. */
  isBusy: boolean
}

const midnightOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
const DAY_MS = 86_400_000

/** Whole days by the calendar of this device; a clock that runs behind has no future. */
export const daysSince = (at: number, now: number): number =>
  Math.max(0, Math.round((midnightOf(now) - midnightOf(at)) / DAY_MS))

const kindOf = (platform: string, kinds: Words['account']['kinds']): string => {
  if (platform === 'ios') return kinds.ios
  if (platform === 'android' || platform.startsWith('ohos')) return kinds.android
  if (platform === 'devtools') return kinds.devtools
  return platform === 'windows' || platform === 'mac' ? kinds.computer : kinds.unknown
}

export const rowsOf = (sessions: readonly Session[], words: Words, now: number, busy: string | undefined): Row[] =>
  sessions.map(({ handle, model, platform, lastSeenAt, current }) => ({
    handle,
    name: model || kindOf(platform, words.account.kinds),
    when: current ? words.account.thisDevice : words.say.lastUsed(daysSince(lastSeenAt, now)),
    isCurrent: current,
    isBusy: busy === handle,
  }))
