// The table of operations the SDK may ask for: what is not in it is refused by name.
import type { Invocation } from '../ports'
import type { Database } from './database'
import { databaseActions } from './database-actions'
import type { Parameters } from './parameters'
import { type StoragePorts, storageActions } from './storage-actions'

/** Runs the operation where faults can bend it and the trace sees it. */
export type Through = <T>(operation: () => T | Promise<T>) => Promise<T>

/** A request that has been read and is ready to happen. */
export interface Prepared {
  /** Name of the hop: `users.get`, `identities.add`, … */
  op: string
  /** Decoded, so that the trace can mask by field name. */
  request: unknown
  /** Performs it and gives what goes beside `requestId` in the reply. */
  perform(through: Through): Promise<object>
}

export type Action = (parameters: Parameters, invocation: Invocation) => Prepared

export const createActions = ({
  database,
  storage,
}: {
  database: Database
  storage: StoragePorts
}): ReadonlyMap<string, Action> => new Map(Object.entries({ ...databaseActions(database), ...storageActions(storage) }))
