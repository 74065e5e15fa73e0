// The memory twins honour the same suites as the stores on the cloud database.
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
import { createMemoryStores } from '../support/memory-stores'

describe('sessions in memory', () => sessionStoreSuite(() => createMemoryStores().sessions))
describe('identities in memory', () => identityStoreSuite(() => createMemoryStores().identities))
describe('users in memory', () => userStoreSuite(() => createMemoryStores().users))
describe('phone claims in memory', () => phoneStoreSuite(() => createMemoryStores().phones))
describe('counters in memory', () => counterStoreSuite(() => createMemoryStores().counters))
describe('redeemed codes in memory', () => redemptionStoreSuite(() => createMemoryStores().redemptions))
describe('push nonces in memory', () => pushNonceStoreSuite(() => createMemoryStores().pushNonces))
describe('uploads in memory', () => uploadStoreSuite(() => createMemoryStores().uploads))
describe('picture checks in memory', () => mediaCheckStoreSuite(() => createMemoryStores().mediaChecks))
describe('deletion proofs in memory', () => deletionProofStoreSuite(() => createMemoryStores().deletionProofs))
