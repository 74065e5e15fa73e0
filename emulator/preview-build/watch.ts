// Watches the files a build depends on: by folder, because editors replace files rather than write them.

import { existsSync, type FSWatcher, watch } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Watcher {
  /** From now on these files count, also those that do not exist yet. */
  follow(files: readonly string[]): void
  close(): void
}

/** Editors write in several steps: one save is one change. */
const QUIET_MS = 25

export const createWatcher = (onChange: () => void): Watcher => {
  const folders = new Map<string, FSWatcher>()
  let files = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const changed = (folder: string, name: string | null): void => {
    // A folder that appears may bring a file that was missing.
    const path = name === null ? undefined : join(folder, name)
    const counts = path === undefined || files.has(path) || [...files].some((file) => file.startsWith(`${path}/`))
    if (!counts) return
    clearTimeout(timer)
    timer = setTimeout(onChange, QUIET_MS)
  }

  return {
    follow(next) {
      files = new Set(next)
      const wanted = new Set([...files].map((file) => existingFolder(dirname(file))))
      for (const [folder, watcher] of folders) {
        if (wanted.has(folder) && existsSync(folder)) continue
        watcher.close()
        folders.delete(folder)
      }
      for (const folder of wanted) {
        if (folders.has(folder)) continue
        const watcher = watch(folder, { persistent: false }, (_, name) => changed(folder, name))
        // A folder that goes away is noticed by the next build, which does not find its files.
        watcher.on('error', () => watcher.close())
        folders.set(folder, watcher)
      }
    },
    close() {
      clearTimeout(timer)
      for (const watcher of folders.values()) watcher.close()
      folders.clear()
    },
  }
}

const existingFolder = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : existingFolder(dirname(folder))
