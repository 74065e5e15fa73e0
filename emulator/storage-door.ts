// `Emulator.storage`: what lies in the cloud storage, for tests.

import type { Files } from './state/files'
import type { Emulator } from './types'

export const createStorageDoor = (files: Pick<Files, 'list' | 'bytes'>): Emulator['storage'] => ({
  list: () => files.list(),
  get: (path) => files.bytes(path),
  everything: () => Object.fromEntries(files.list().map(({ path }) => [path, files.bytes(path) ?? Buffer.alloc(0)])),
})
