// The memory twins honour the same suites as the stores on the cloud database.
import { identityStoreSuite } from '../suites/identity-store'
import { sessionStoreSuite } from '../suites/session-store'
import { userStoreSuite } from '../suites/user-store'
import { createMemoryStores } from '../support/memory-stores'

describe('sessions in memory', () => sessionStoreSuite(() => createMemoryStores().sessions))
describe('identities in memory', () => identityStoreSuite(() => createMemoryStores().identities))
describe('users in memory', () => userStoreSuite(() => createMemoryStores().users))
