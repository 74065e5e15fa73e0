// What the panel knows of the emulator: asked again and again while somebody looks.

import type { ContentService } from '../../content'
import type { ProfileService } from '../../profile'
import type { Account, Hop, SessionKeyState } from '../../told'
import type { Stand } from '../shell/stand'
import type { ArmedFault, Doors, PhoneState, SessionDocument } from './doors'
import { lastSessionId } from './hop'
import { hopsOf } from './journey'

export interface Known {
  accounts: readonly Account[]
  /** Of this phone. */
  hops: readonly Hop[]
  faults: readonly ArmedFault[]
  sessionKey: SessionKeyState
  /** The session this phone used last, if our server still holds it. */
  session: SessionDocument | undefined
  /** Undefined until the first answer. */
  phone: PhoneState | undefined
  /** Undefined until the first answer. */
  profile: ProfileService | undefined
  /** Undefined until the first answer. */
  content: ContentService | undefined
  /** To the Open Platform account. */
  isBound: boolean
  /** Emulated minus real time. */
  offset: number
}

export interface Watch {
  readonly known: Known
  /** Asks at once. */
  refresh(): Promise<void>
  /** The hops seen so far are of another day. */
  forgetHops(): void
  /** Somebody else holds the phone now. */
  personChanged(): void
}

/** Soon enough to look live; one poll at a time, however slow the answers are. */
const POLL_MS = 350
const KEPT_HOPS = 1000

export const createWatch = (doors: Doors, stand: Stand, onNews: () => void): Watch => {
  let all: Hop[] = []
  let seen = 0
  let era = 0
  let known: Known = {
    accounts: [],
    hops: [],
    faults: [],
    sessionKey: 'none',
    session: undefined,
    phone: undefined,
    profile: undefined,
    content: undefined,
    isBound: true,
    offset: 0,
  }
  let asking: Promise<void> | undefined

  const ask = async (): Promise<void> => {
    const mine = era
    const { account, device } = stand.options
    const [news, faults, sessionKey, phone, profile, content, isBound, now, accounts] = await Promise.all([
      doors.hops(seen),
      doors.faults(),
      doors.sessionKey(account),
      doors.phone(),
      doors.profile(),
      doors.content(),
      doors.isBound(),
      doors.now(),
      known.accounts.length > 0 ? known.accounts : doors.accounts(),
    ])
    if (mine !== era) return
    const offset = now - Date.now()
    if (news.length > 0) {
      all = [...all, ...news.filter(({ seq }) => seq > seen)].slice(-KEPT_HOPS)
      seen = all[all.length - 1]?.seq ?? seen
    }
    const hops = hopsOf(all, { account, device })
    const sessionId = lastSessionId(hops)
    const session = sessionId === undefined ? undefined : await doors.session(sessionId)
    if (mine !== era) return
    known = { accounts, hops, faults, sessionKey, session, phone, profile, content, isBound, offset }
    onNews()
  }
  /** An emulator that is gone is told by the phone; the panel keeps what it knows. */
  const refresh = (): Promise<void> => {
    asking ??= ask()
      .catch(() => undefined)
      .finally(() => {
        asking = undefined
      })
    return asking
  }
  const beat = async (): Promise<void> => {
    if (document.visibilityState === 'visible') await refresh()
    setTimeout(() => void beat(), POLL_MS)
  }
  void beat()

  return {
    get known() {
      return known
    },
    async refresh() {
      // What is under way may have asked before the deed.
      await asking
      await refresh()
    },
    forgetHops() {
      era += 1
      all = []
      known = { ...known, hops: [], session: undefined }
      onNews()
    },
    personChanged() {
      era += 1
      known = { ...known, hops: hopsOf(all, stand.options), session: undefined, sessionKey: 'none' }
      void refresh()
    },
  }
}
