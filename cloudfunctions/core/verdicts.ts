// Verdicts: what WeChat says of a picture, and asking again when it says nothing.
import { VERDICT_MS } from './avatars'
import { openidIdentity } from './identities'
import { openidOf } from './openids'
import type { Clock, Storage, Stores } from './ports'
import type { MediaCheckRecord } from './records'
import type { Sealing } from './sealing'
import type { Secret } from './secret'
import { eraseUpload, lookSoon, uploadId } from './uploads'
import { isAlive } from './users'

export type Verdict = 'pass' | 'risky' | 'unclear'

export interface VerdictPorts {
  clock: Clock
  stores: Stores
  storage: Storage
}

const MOST_ATTEMPTS = 5 // then the picture stays its owner's alone

/** What is to be done is found by the trace id alone: an unknown one does nothing. May come twice. */
export const judge = async (ports: VerdictPorts, traceId: string, verdict: Verdict): Promise<void> => {
  const { clock, stores } = ports
  const check = await stores.mediaChecks.find(`mediaCheck:${traceId}`)
  if (check === undefined) return
  if (verdict === 'unclear') {
    // Due at once: housekeeping asks again.
    await stores.mediaChecks.putOff(check.id, check.expiresAt, clock.now())
    return
  }
  const { userId, path } = check
  if (verdict === 'risky') await lookSoon(ports, path)
  await stores.users.judgeAvatar(userId, path, verdict === 'pass' ? 'passed' : 'rejected')
  if (verdict === 'risky') await eraseByPath(ports, path)
  await stores.mediaChecks.remove(check.id)
}

const eraseByPath = async (ports: VerdictPorts, path: string): Promise<void> => {
  const id = uploadId(path)
  const upload = id === undefined ? undefined : await ports.stores.uploads.find(id)
  if (upload) await eraseUpload(ports, upload)
}

export interface AskAgainPorts extends VerdictPorts {
  appid: string
  sealing: Sealing
  checkPicture(url: string, openid: Secret): Promise<string>
}

/** Asks anew for a check whose time is up; forgets it when the picture is nobody's any more. Safe to do at once, twice. */
export const askAgain = async (ports: AskAgainPorts, check: MediaCheckRecord): Promise<void> => {
  const { clock, stores, storage, sealing, appid } = ports
  const { mediaChecks, users, identities } = stores
  const user = await users.find(check.userId)
  if (user?.avatar?.path !== check.path || check.attempts >= MOST_ATTEMPTS) {
    await mediaChecks.remove(check.id)
    return
  }
  const expiresAt = clock.now() + VERDICT_MS
  if (!(await mediaChecks.putOff(check.id, check.expiresAt, expiresAt))) return // another instance has it
  const openids = (await identities.ofUser(check.userId)).map((identity) => openidOf(sealing, identity))
  const openid = openids.find((one) => one && isOf(appid, one.identity, one.openid))?.openid
  const url = await storage.urlOf(user.avatar.fileID)
  if (openid === undefined || url === undefined) return
  const traceId = await ports.checkPicture(url, openid)
  const id = `mediaCheck:${traceId}`
  await mediaChecks.add({ ...check, id, attempts: check.attempts + 1, expiresAt })
  if (id !== check.id) await mediaChecks.remove(check.id)
  // Written first, looked at second: a deletion that began in between has not seen what was written.
  if (!isAlive(await users.find(check.userId))) await mediaChecks.forget(check.userId)
}

/** A person has an openid per mini-program; only that of this one is known to its WeChat. */
const isOf = (appid: string, identity: string, openid: Secret) => openidIdentity(appid, openid.reveal()) === identity
