// The stores on the cloud database, through the real SDK, held to the same suites as their twins in memory.
import { createEmulator } from '../../emulator/index'
import type { Emulator } from '../../emulator/types'
import { counterStoreSuite } from '../suites/counter-store'
import { deletionProofStoreSuite } from '../suites/deletion-proof-store'
import { identityStoreSuite } from '../suites/identity-store'
import { mediaCheckStoreSuite } from '../suites/media-check-store'
import { phoneStoreSuite } from '../suites/phone-store'
import { pushNonceStoreSuite } from '../suites/push-nonce-store'
import { redemptionStoreSuite } from '../suites/redemption-store'
import { sessionStoreSuite } from '../suites/session-store'
import { uploadStoreSuite } from '../suites/upload-store'
import { userStoreSuite } from '../suites/user-store'
import { buildStoresFunction, createCloudStores } from '../support/cloud-stores'

let emulator: Emulator
const built = buildStoresFunction()
const stores = createCloudStores(() => emulator)

beforeAll(async () => {
  emulator = await createEmulator({ functions: [built.folder] })
})
afterAll(async () => {
  await emulator.close()
  built.remove()
})

describe('sessions on the cloud database', () => sessionStoreSuite(() => stores.sessions))
describe('identities on the cloud database', () => identityStoreSuite(() => stores.identities))
describe('users on the cloud database', () => userStoreSuite(() => stores.users))
describe('phone claims on the cloud database', () => phoneStoreSuite(() => stores.phones))
describe('counters on the cloud database', () => counterStoreSuite(() => stores.counters))
describe('redeemed codes on the cloud database', () => redemptionStoreSuite(() => stores.redemptions))
describe('push nonces on the cloud database', () => pushNonceStoreSuite(() => stores.pushNonces))
describe('uploads on the cloud database', () => uploadStoreSuite(() => stores.uploads))
describe('picture checks on the cloud database', () => mediaCheckStoreSuite(() => stores.mediaChecks))
describe('deletion proofs on the cloud database', () => deletionProofStoreSuite(() => stores.deletionProofs))

it('a living session is found behind a thousand marks', async () => {
  const session = (id: string) => ({
    id,
    userId: 'marked-often',
    identity: 'o:1',
    transport: 'cloud' as const,
    createdAt: 1,
    lastSeenAt: 1,
    expiresAt: 2,
    endsAt: 3,
  })
  const marks = Array.from({ length: 1000 }, (_, n) => ({ ...session(`mark-${n}`), revokedAt: 1 }))
  await Promise.all(marks.map((mark) => stores.sessions.add(mark)))
  await stores.sessions.add(session('the-living-one'))
  expect(await stores.sessions.unmarked('marked-often')).toEqual([session('the-living-one')])
})

describe('a failing cloud database', () => {
  afterEach(() => emulator.reset())

  it('without a collection asks for it by name', async () => {
    emulator.database.dropCollection('sessions')
    const misconfigured = expect.objectContaining({
      code: 'MISCONFIGURED',
      message: expect.stringContaining('sessions'),
    })
    await expect(stores.sessions.find('1')).rejects.toEqual(misconfigured)
    await expect(stores.users.find('1')).resolves.toBeUndefined()
  })

  it.each(['cut', 'lost'] as const)('whose connection breaks (%s) is worth another try', async (answer) => {
    emulator.faults.add({ at: 'users.add', answer })
    await expect(stores.users.add({ id: 'u1', createdAt: 1 })).rejects.toEqual(
      expect.objectContaining({ code: 'WECHAT_BUSY' }),
    )
    expect(emulator.database.find('users')).toHaveLength(answer === 'lost' ? 1 : 0)
  })

  it('names the field of a document that somebody damaged', async () => {
    await stores.users.add({ id: 'u1', createdAt: 1 })
    emulator.database.update('users', { _id: 'u1' }, { $set: { createdAt: 'yesterday' } })
    await expect(stores.users.find('u1')).rejects.toEqual(expect.objectContaining({ code: 'INTERNAL' }))
  })
})
