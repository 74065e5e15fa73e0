// What a call is to the server: how its data is read, what it may carry, what it does.
import type { Call, Contract, Policy, PolicyOf, User } from '../../typings/contract'
import type { Deadline } from './deadline'
import type { OpenApi } from './open-api'
import type { Clock, Environment, Random, Storage, Weixin } from './ports'
import type { SessionRecord, UserRecord } from './records'
import type { Secret } from './secret'
import { objectOf } from './shape'
import type { Stores } from './stores'

/** What a running call may reach; every effect in it is bound to the deadline of the request. */
export interface Scope {
  session: SessionRecord
  stores: Stores
  storage: Storage
  openApi: OpenApi
  clock: Clock
  random: Random
  environment: Environment
  deadline: Deadline
  /** Tells the log a secret that came up: it is masked wherever it might slip into a text. */
  hide(secret: Secret): void
  /** The user who asks, read at most once; SESSION_EXPIRED when the account is gone. */
  user(): Promise<UserRecord>
  /** A user as the client may know them, the picture at an address that this way in can show. */
  tell(user: UserRecord): Promise<User>
  /** A picture of WeChat's own servers. */
  face: Weixin['face']
}

/**
 * A call as `serve` takes it, also one of a product's own. These are methods, not properties, so that a call with a
 * narrower request fits: `serve` hands to `run` only what the same call's `parse` returned.
 */
export interface ServedCall {
  policy: Policy
  /** For a call that does different things with different data; not read yet. `policy` unless said. */
  policyOf?(data: unknown): Policy
  /** BAD_REQUEST when the data is not this call's. */
  parse(data: unknown): unknown
  run(request: unknown, scope: Scope): Promise<unknown>
}

/** A call of the contract. */
export interface CallOf<K extends Call> extends ServedCall {
  policy: PolicyOf[K]
  parse(data: unknown): Contract[K]['request']
  run(request: Contract[K]['request'], scope: Scope): Promise<Contract[K]['reply']>
}

/** Reads `{}`. */
export const parseNothing = (data: unknown): Record<string, never> => {
  objectOf(data, [], 'data')
  return {}
}
