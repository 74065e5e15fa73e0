// Deletion: an account and all that is known of its person, gone for good, from whatever step it stopped at.
import type { Clock, Random, Storage } from './ports'
import type { Stores } from './stores'
import { eraseUploads } from './uploads'

export interface DeletionPorts {
  clock: Clock
  random: Random
  stores: Stores
  storage: Storage
}

const PROOF_BYTES = 16

/**
 * Marks the user first: from then on nobody's write in this name lasts, for whoever writes reads the user again. Then
 * everything that leads to the person goes, and the mark last, so that housekeeping finds what did not get to the end.
 * Safe to do twice, and at once. Content with somebody who is gone already.
 */
export const deleteUser = async (ports: DeletionPorts, userId: string): Promise<void> => {
  const { clock, random, stores } = ports
  const fresh = random.bytes(PROOF_BYTES).toString('hex')
  const proof = await stores.users.markDeleted(userId, clock.now(), fresh)
  if (proof === undefined) return
  await stores.sessions.removeAll(userId)
  await stores.phones.forget(userId)
  await stores.mediaChecks.forget(userId)
  await eraseUploads(ports, userId)
  for (const { id } of await stores.identities.ofUser(userId)) {
    await stores.redemptions.forget(id)
    await stores.identities.release(id, userId)
  }
  // Whoever had claimed something between the steps has read the mark by now, or will find no user.
  await stores.sessions.removeAll(userId)
  // Whoever deletes at once, or finishes what another began, writes the same one: the mark has its id.
  await stores.deletionProofs.add(`deletion:${proof}`, clock.now())
  await stores.users.remove(userId)
}
