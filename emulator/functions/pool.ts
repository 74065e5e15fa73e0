// The instances of one function: warm ones first, at most so many, and a fair queue when all are busy.
import type { Instance } from './instance'

export interface Lease {
  instance: Instance
  /** Gives it back; a dead one, or one from before the last `renew`, is not used again. */
  release(): void
}

export interface Pool {
  acquire(): Promise<Lease>
  /** Instances are made afresh from now on: idle ones end, busy ones finish what they do. */
  renew(): Promise<void>
  close(): Promise<void>
}

interface Member {
  instance: Instance
  generation: number
}

export function createPool({ spawn }: { spawn(): Instance }, { size }: { size: number }): Pool {
  const members = new Set<Member>()
  const endings = new Set<Promise<void>>()
  let idle: Member[] = []
  let waiting: { resolve(lease: Lease): void; reject(error: Error): void }[] = []
  let generation = 0
  let closed = false

  const end = (member: Member) => {
    members.delete(member)
    const ending = member.instance.terminate().finally(() => endings.delete(ending))
    endings.add(ending)
    return ending
  }

  const lease = (member: Member): Lease => {
    let held = true
    return {
      instance: member.instance,
      release() {
        if (!held) return
        held = false
        if (member.instance.alive && member.generation === generation && !closed) {
          const next = waiting.shift()
          if (next === undefined) idle.push(member)
          else next.resolve(lease(member))
          return
        }
        void end(member)
        const next = waiting.shift()
        if (next !== undefined) next.resolve(lease(grow()))
      },
    }
  }

  const grow = (): Member => {
    const member = { instance: spawn(), generation }
    members.add(member)
    return member
  }

  return {
    async acquire() {
      if (closed) throw new Error('the function host is closed')
      // The one used last is the warmest.
      for (let member = idle.pop(); member !== undefined; member = idle.pop()) {
        if (member.instance.alive) return lease(member)
        void end(member)
      }
      if (members.size < size) return lease(grow())
      return new Promise<Lease>((resolve, reject) => waiting.push({ resolve, reject }))
    },
    async renew() {
      generation += 1
      const old = idle
      idle = []
      await Promise.all(old.map(end))
    },
    async close() {
      closed = true
      const abandoned = waiting
      waiting = []
      for (const { reject } of abandoned) reject(new Error('the function host was closed'))
      await Promise.all([...[...members].map(end), ...endings])
    },
  }
}
