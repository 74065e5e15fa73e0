// Housekeeping: what time makes superfluous, and what somebody left half done, in pages, until the time is short.
import type { Deadline } from './deadline'
import { deleteUser } from './deletion'
import { Refusal } from './errors'
import { settleClaim } from './phones'
import type { Clock, Random, Storage } from './ports'
import type { MediaCheckRecord, UploadRecord } from './records'
import type { Stores } from './stores'
import { eraseUpload } from './uploads'

export interface HousekeepingPorts {
  clock: Clock
  random: Random
  stores: Stores
  storage: Storage
  deadline: Deadline
  /** Only its own checks can be asked about; undefined when nobody said: then whatever is due fails, and is counted. */
  appid: string | undefined
  /** Asks WeChat anew about a picture whose verdict is overdue. */
  askAgain(check: MediaCheckRecord): Promise<void>
}

/** How many of each were dealt with; `failed` ones stay for the next time. */
export interface Tidied {
  deletions: number
  uploads: number
  checks: number
  claims: number
  sessions: number
  counters: number
  phoneCodes: number
  nonces: number
  failed: number
}

const PAGE = 50
const MIN_LEFT_MS = 700 // nothing new is begun later: a step takes a few reads and writes
const MIN_LEFT_TO_ASK_MS = 1500 // a picture of 2 MB is read and written before WeChat is asked
const KEPT_MS = 180 * 86_400_000 // a picture in use; whoever replaces it has it looked after sooner
const GRACE_MS = 60_000 // longer than any function lives: a save that began in time has ended

/**
 * Half-finished deletions first, for somebody is waiting for them to be true. Each step is safe to do twice and at once
 * with another instance; what does not fit is found by the next run, ten minutes later.
 */
export const tidy = async (ports: HousekeepingPorts): Promise<Tidied> => {
  const { clock, stores, deadline } = ports
  const done: Tidied = {
    deletions: 0,
    uploads: 0,
    checks: 0,
    claims: 0,
    sessions: 0,
    counters: 0,
    phoneCodes: 0,
    nonces: 0,
    failed: 0,
  }
  const hasTime = (ms = MIN_LEFT_MS) => deadline.endsAt - clock.now() > ms
  /** One that fails does not keep the others from being done, nor this run from ending. */
  const noted = async (work: () => Promise<void>): Promise<boolean> => {
    try {
      await work()
      return true
    } catch (failure) {
      if (failure instanceof Refusal && failure.code === 'TIMEOUT') throw failure
      done.failed += 1
      return false
    }
  }
  const each = <T>(
    kind: 'deletions' | 'uploads' | 'checks' | 'claims',
    next: () => Promise<T[]>,
    deal: (item: T) => Promise<void>,
    minLeftMs = MIN_LEFT_MS,
  ) =>
    noted(async () => {
      for (let isGoing = true; isGoing && hasTime(minLeftMs); ) {
        const items = await next()
        isGoing = items.length === PAGE
        for (const item of items) {
          if (!hasTime(minLeftMs)) return
          if (await noted(() => deal(item))) done[kind] += 1
          // It may come first in every page: what is behind it waits for the next run.
          else isGoing = false
        }
      }
    })
  const pages = (kind: keyof Tidied, removeExpired: (now: number, limit: number) => Promise<number>) =>
    noted(async () => {
      while (hasTime()) {
        const removed = await removeExpired(clock.now(), PAGE)
        done[kind] += removed
        if (removed < PAGE) return
      }
    })

  const { users, uploads, mediaChecks, phones } = stores
  await each(
    'deletions',
    () => users.halfDeleted(PAGE),
    ({ id }) => deleteUser(ports, id),
  )
  await each(
    'uploads',
    () => uploads.due(clock.now() - GRACE_MS, PAGE),
    (upload) => tidyUpload(ports, upload),
  )
  await each(
    'checks',
    () => mediaChecks.due(clock.now(), PAGE, ports.appid),
    (check) => ports.askAgain(check),
    MIN_LEFT_TO_ASK_MS,
  )
  await each(
    'claims',
    () => phones.unsettled(clock.now() - GRACE_MS, PAGE),
    (claim) => settleClaim(stores, claim),
  )
  await pages('sessions', stores.sessions.removeExpired)
  await pages('counters', stores.counters.removeExpired)
  await pages('phoneCodes', stores.redemptions.removeExpired)
  await pages('nonces', stores.pushNonces.removeExpired)
  return done
}

/** A picture in use stays; everything else that is due was never saved, or is nobody's any more. */
const tidyUpload = async (ports: HousekeepingPorts, upload: UploadRecord): Promise<void> => {
  const { clock, stores } = ports
  const { id, state, userId, path } = upload
  if (userId !== undefined) {
    const user = await stores.users.find(userId)
    if (user?.avatar?.path === path) {
      await stores.uploads.move(id, state, 'saved', clock.now() + KEPT_MS)
      return
    }
  }
  await eraseUpload(ports, upload)
}
