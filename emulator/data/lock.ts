// The lock of a data folder: one process at a time.

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EmulatorError } from '../errors'

/** Folders locked by this very process: its own pid in a lock file proves nothing after a restart in a container. */
const ours = new Set<string>()

/** Takes the lock or throws DATA_IN_USE; a lock whose process is gone is taken over. Returns how to let go. */
export function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock')
  if (ours.has(file)) throw inUse(folder, process.pid)
  const draft = join(folder, `lock.${process.pid}`)
  writeFileSync(draft, String(process.pid))
  try {
    // A link appears with its content or not at all, and fails when the name is taken.
    while (!tryLink(draft, file)) {
      const holder = readHolder(file)
      if (holder !== undefined && holder !== process.pid && isAlive(holder)) throw inUse(folder, holder)
      retire(file, holder)
    }
  } finally {
    rmSync(draft, { force: true })
  }
  ours.add(file)
  return () => {
    ours.delete(file)
    if (readHolder(file) === process.pid) rmSync(file, { force: true })
  }
}

function inUse(folder: string, pid: number): EmulatorError {
  return new EmulatorError(
    'DATA_IN_USE',
    `${folder} is in use by another emulator (process ${pid}); stop it, or choose another folder with --data`,
  )
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false
    throw error
  }
}

function readHolder(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'))
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Takes a stale lock away, unless somebody else has already done so and put a fresh one in its place. */
function retire(file: string, stale: number | undefined): void {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return
    throw error
  }
  if (readHolder(aside) !== stale) tryLink(aside, file)
  rmSync(aside, { force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isCode(error, 'EPERM')
  }
}

const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code
