// The handsets' temporary files: in memory, until the mini-program is launched again.

import { randomBytes } from 'node:crypto'
import type { Owner } from './flash'

export interface TempFiles {
  /** Answers with the path; `name` gives it its ending. */
  add(owner: Owner, file: { name: string; bytes: Buffer }, platform: string): string
  get(owner: Owner, path: string): Buffer | undefined
  /** The mini-program starts anew: they are gone. */
  launch(owner: Owner): void
  clear(): void
}

export function createTempFiles(): TempFiles {
  const rooms = new Map<string, Map<string, Buffer>>()
  const roomOf = ({ device, account, appid }: Owner) => JSON.stringify([device, account, appid])
  return {
    add(owner, { name, bytes }, platform) {
      const room = rooms.get(roomOf(owner)) ?? new Map<string, Buffer>()
      rooms.set(roomOf(owner), room)
      const path = pathFor(name, platform)
      room.set(path, bytes)
      return path
    },
    get: (owner, path) => rooms.get(roomOf(owner))?.get(path),
    launch: (owner) => void rooms.delete(roomOf(owner)),
    clear: () => rooms.clear(),
  }
}

/** As devices spell it, and as DevTools does. */
function pathFor(name: string, platform: string): string {
  const ending = /\.(\w{1,8})$/.exec(name)?.[1]?.toLowerCase() ?? 'dat'
  return platform === 'devtools'
    ? `http://tmp/${randomBytes(16).toString('hex')}.${ending}`
    : `wxfile://tmp_${randomBytes(32).toString('hex')}.${ending}`
}
