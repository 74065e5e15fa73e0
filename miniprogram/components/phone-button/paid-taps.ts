// How many numbers this device was given today: each is charged, so a day has an end.

export interface PaidTapsPorts {
  /** `undefined`: nothing there, or storage does not answer; a guard against costs must not stand in the way. */
  read(key: string): Promise<unknown>
  write(key: string, value: unknown): void
  /** Milliseconds since 1970. */
  now(): number
}

export interface PaidTaps {
  /** Settles when storage was read; never rejects. */
  ready(): Promise<void>
  count(): void
  isSpent(): boolean
}

const KEY = 'phone.paidTaps'

const dayOf = (now: number): string => {
  const date = new Date(now)
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`
}

/** `limit`: numbers a day. Five are enough to choose wrongly, change one's mind and lose the network in between. */
export const createPaidTaps = ({ read, write, now }: PaidTapsPorts, { limit = 5 } = {}): PaidTaps => {
  let today = { day: '', taps: 0 }
  let reading: Promise<void> | undefined

  const taps = (): number => (today.day === dayOf(now()) ? today.taps : 0)
  const load = async (): Promise<void> => {
    const stored = await read(KEY).catch(() => undefined)
    if (typeof stored !== 'object' || stored === null) return
    const { day, taps: known } = stored as Record<string, unknown>
    // What was counted before storage answered counts as well.
    if (typeof day === 'string' && typeof known === 'number' && day === dayOf(now())) {
      today = { day, taps: known + taps() }
    }
  }

  return {
    ready() {
      reading ??= load()
      return reading
    },
    count() {
      today = { day: dayOf(now()), taps: taps() + 1 }
      write(KEY, today)
    },
    isSpent: () => taps() >= limit,
  }
}
