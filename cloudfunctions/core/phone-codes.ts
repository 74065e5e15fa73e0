// Phone codes: each is spent once, and its number remembered for those who ask again. WeChat charges at the tap.
import { createHash } from 'node:crypto'
import type { Deadline } from './deadline'
import { Refusal } from './errors'
import { type PhoneNumber, respelled, spelled } from './phone-number'
import type { Clock, Random } from './ports'
import type { RedemptionRecord } from './records'
import type { Sealing } from './sealing'
import type { Secret } from './secret'
import type { RedemptionStore } from './stores'

export interface PhoneCodePorts {
  clock: Clock
  random: Random
  redemptions: RedemptionStore
  sealing: Sealing
  deadline: Deadline
}

const REMEMBER_MS = 10 * 60_000 // twice the life of a code: after a lost reply the user is back long before
const ATTEMPT_BYTES = 16
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 400

const place = (id: string) => ({ collection: 'jobs', id, field: 'sealed' })

/**
 * The number behind a code. The first who brings it writes so before spending it; others of the same identity wait, and
 * get the same number from memory for ten minutes. A spender that died is replaced when its time is up. Throws
 * PHONE_CODE_INVALID to another identity, as WeChat would, and whatever `spend` throws to the one who spent.
 */
export const redeemPhoneCode = async (
  ports: PhoneCodePorts,
  { code, identity }: { code: Secret; identity: string },
  spend: () => Promise<PhoneNumber>,
): Promise<PhoneNumber> => {
  const { clock, redemptions, sealing, deadline } = ports
  const id = `phoneCode:${createHash('sha256').update(code.reveal()).digest('hex')}`
  const attempt = ports.random.bytes(ATTEMPT_BYTES).toString('hex')
  for (let pause = FIRST_PAUSE_MS; ; ) {
    const now = clock.now()
    const mine = { id, identity, attempt, until: deadline.endsAt, expiresAt: now + REMEMBER_MS }
    const standing = await redemptions.find(id)
    if (standing === undefined) {
      if ((await redemptions.add(mine)) === 'added') return spent(ports, mine, spend)
      continue
    }
    if (standing.identity !== identity) throw new Refusal('PHONE_CODE_INVALID', 'the phone code was used by another')
    if (standing.sealed !== undefined && now < standing.expiresAt) {
      return respelled(sealing.open(standing.sealed, place(id), 'phone number'))
    }
    if (standing.sealed === undefined && now < standing.until) {
      await deadline.wait(new Promise<void>((resolve) => clock.timer(pause, resolve)))
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    } else if (await redemptions.replace(mine, standing.attempt)) return spent(ports, mine, spend)
  }
}

const spent = async (
  { redemptions, sealing }: PhoneCodePorts,
  mine: RedemptionRecord,
  spend: () => Promise<PhoneNumber>,
): Promise<PhoneNumber> => {
  let number: PhoneNumber
  try {
    number = await spend()
  } catch (failure) {
    // Nothing is known of this code: whoever comes next may ask. Out of time, the record ends by itself.
    await redemptions.remove(mine.id, mine.attempt).catch(() => false)
    throw failure
  }
  const sealed = sealing.seal(spelled(number), place(mine.id))
  // The number is paid for: when it cannot be remembered, it is used all the same.
  await redemptions.replace({ ...mine, sealed }, mine.attempt).catch(() => false)
  return number
}
