// Verdicts: what WeChat says of a picture, and asking again when it says nothing.
import { VERDICT_MS } from './avatars'
import { type CopyPorts, holdCopy, judgeable } from './copies'
import { openidIdentity } from './identities'
import { openidOf } from './openids'
import type { Clock, Storage } from './ports'
import type { MediaCheckRecord } from './records'
import type { Sealing } from './sealing'
import type { Secret } from './secret'
import type { Stores } from './stores'
import { erasePath, lookSoon, uploadAt } from './uploads'
import { isAlive } from './users'

export type Verdict = 'pass' | 'risky' | 'unclear'

export interface VerdictPorts {
  clock: Clock
  stores: Stores
  storage: Storage
}

const MOST_ATTEMPTS = 5 // then the picture stays its owner's alone
const HELD_MS = 60_000 // longer than any function lives: then housekeeping sees whether the copy is in use

/** What is to be done is found by the trace id alone: an unknown one does nothing. May come twice. */
export const judge = async (ports: VerdictPorts, traceId: string, verdict: Verdict): Promise<void> => {
  const { clock, stores } = ports
  const check = await stores.mediaChecks.find(`mediaCheck:${traceId}`)
  if (check === undefined) return
  if (verdict === 'risky') await reject(ports, check)
  if (verdict === 'unclear' || (verdict === 'pass' && !(await pass(ports, check)))) {
    // Due at once: housekeeping asks again. Told twice it is due already, and has cost its attempt.
    const now = clock.now()
    if (now < check.expiresAt) await stores.mediaChecks.putOff(check.id, check.expiresAt, now)
    return
  }
  await stores.mediaChecks.remove(check.id)
}

const reject = async (ports: VerdictPorts, { userId, path, copy }: MediaCheckRecord): Promise<void> => {
  await lookSoon(ports, path)
  if (copy !== undefined) await lookSoon(ports, copy)
  const { users } = ports.stores
  // The last word counts: it may come after a pass that put the copy in place.
  if (!(await users.judgeAvatar(userId, path, 'rejected')) && copy !== undefined) {
    await users.judgeAvatar(userId, copy, 'rejected')
  }
  await erasePath(ports, path)
  if (copy !== undefined) await erasePath(ports, copy)
}

/**
 * Shows what was judged, and nothing else: the copy takes the place of what a client may write over. False when the copy
 * is gone, because the verdict took longer than anybody waits.
 */
const pass = async (ports: VerdictPorts, { userId, path, copy }: MediaCheckRecord): Promise<boolean> => {
  const { stores, storage } = ports
  const { users } = stores
  if (copy === undefined) {
    await users.judgeAvatar(userId, path, 'passed')
    return true
  }
  if (await holdCopy(ports, userId, copy, HELD_MS)) {
    await lookSoon(ports, path)
    await users.judgeAvatar(userId, path, 'passed', { path: copy, fileID: await storage.fileIDOf(copy) })
  }
  const shown = (await users.find(userId))?.avatar?.path
  if (shown === path) return false
  // Of a picture that was replaced or removed meanwhile. The original is housekeeping's: its owner may be looking at it.
  if (shown !== copy) await erasePath(ports, copy)
  return true
}

export interface AskAgainPorts extends VerdictPorts, Pick<CopyPorts, 'random' | 'deadline'> {
  appid: string
  sealing: Sealing
  checkPicture(url: string, openid: Secret): Promise<string>
}

/**
 * Asks anew for a check whose time is up; forgets it when the picture is nobody's any more. Safe to do at once, twice.
 * Nothing happens to one of another mini-program: it could only use up the attempts of whoever can ask.
 */
export const askAgain = async (ports: AskAgainPorts, check: MediaCheckRecord): Promise<void> => {
  const { clock, stores, storage, sealing, appid } = ports
  const { mediaChecks, users, uploads, identities } = stores
  if (check.appid !== undefined && check.appid !== appid) return
  const user = await users.find(check.userId)
  if (user?.avatar?.path !== check.path || check.attempts >= MOST_ATTEMPTS) {
    // A verdict may be showing the copy at this moment: housekeeping erases it when that is over.
    if (check.copy !== undefined) await lookSoon(ports, check.copy)
    await mediaChecks.remove(check.id)
    return
  }
  const expiresAt = clock.now() + VERDICT_MS
  if (!(await mediaChecks.putOff(check.id, check.expiresAt, expiresAt))) return // another instance has it
  const openids = (await identities.ofUser(check.userId)).map((identity) => openidOf(sealing, identity))
  const openid = openids.find((one) => one && isOf(appid, one.identity, one.openid))?.openid
  const saved = await uploadAt(uploads, check.path)
  const url = await storage.urlOf(user.avatar.fileID)
  if (openid === undefined || url === undefined || saved === undefined) return
  const { copy: before, ...rest } = check
  const judged = await judgeable(ports, saved, url, before)
  if (judged === undefined) return
  const { copy } = judged
  const id = `mediaCheck:${await ports.checkPicture(judged.url, openid)}`
  await mediaChecks.add({
    ...rest,
    ...(copy !== undefined && { copy }),
    id,
    appid,
    attempts: check.attempts + 1,
    expiresAt,
  })
  if (id !== check.id) await mediaChecks.remove(check.id)
  // Written first, looked at second: a deletion that began in between has not seen what was written.
  if (!isAlive(await users.find(check.userId))) await mediaChecks.forget(check.userId)
}

/** A person has an openid per mini-program; only that of this one is known to its WeChat. */
const isOf = (appid: string, identity: string, openid: Secret) => openidIdentity(appid, openid.reveal()) === identity
