// Erasing a data folder: everything that was kept, nothing that is not ours.

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BLOBS_FOLDER } from './blobs'
import { lockFolder } from './lock'

/** Throws DATA_IN_USE when an emulator works on it. */
export function eraseData(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  for (const name of ['journal.jsonl', 'journal.jsonl.new', 'key', BLOBS_FOLDER])
    rmSync(join(folder, name), { force: true, recursive: true })
  unlock()
}
