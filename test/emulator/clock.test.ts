// The one clock: it runs, it jumps, and a target that took it over sees nothing else.
import { promisify } from 'node:util'
import { createClock, type EmulatedClock, installClock } from '../../emulator/clock'

const DAY = 86_400_000
let clock: EmulatedClock

beforeEach(() => {
  clock = createClock()
})
afterEach(() => clock.close())

test('runs with real time until it is told', () => {
  expect(Math.abs(clock.now() - Date.now())).toBeLessThan(30_000)
})

test('fires timers in the order of their time, each at its time', async () => {
  const start = clock.now()
  const fired: [string, number][] = []
  const note = (name: string) => () => fired.push([name, Math.round((clock.now() - start) / 100) * 100])
  clock.setTimeout(note('late'), 3000)
  clock.setTimeout(note('early'), 1000)
  clock.setTimeout(() => clock.setTimeout(note('child'), 1000), 1000)
  clock.setTimeout(note('beyond'), 60_000)

  await clock.advance(5000)

  expect(fired).toEqual([
    ['early', 1000],
    ['child', 2000],
    ['late', 3000],
  ])
})

test('lets promises run between two timers', async () => {
  const steps: string[] = []
  clock.setTimeout(() => void Promise.resolve().then(() => clock.setTimeout(() => steps.push('second'), 500)), 100)

  await clock.advance(1000)

  expect(steps).toEqual(['second'])
})

test('forgets a timer that was cleared', async () => {
  const fire = jest.fn()
  clock.clearTimeout(clock.setTimeout(fire, 10))

  await clock.advance(DAY)

  expect(fire).not.toHaveBeenCalled()
})

test('an interval beats as often as the jump is long, but not a million times', async () => {
  const [minute, month] = [jest.fn(), jest.fn()]
  const beat = clock.setInterval(minute, 1000)
  await clock.advance(60_000)
  clock.clearTimeout(beat)
  clock.setInterval(month, 1000)
  await clock.advance(31 * DAY)

  expect(minute).toHaveBeenCalledTimes(60)
  expect(month).toHaveBeenCalledTimes(1000)
})

test('two jumps at once add up', async () => {
  const start = clock.now()
  await Promise.all([clock.advance(DAY), clock.advance(DAY)])

  expect(Math.round((clock.now() - start) / DAY)).toBe(2)
})

test('a callback that throws does not stop the others', async () => {
  const reported: unknown[] = []
  const real = {
    now: () => 0,
    setTimeout: () => undefined,
    clearTimeout: () => undefined,
    settle: async () => undefined,
  }
  const quiet = createClock({ real: { ...real, setTimeout: (fn) => reported.push(fn) } })
  const after = jest.fn()
  quiet.setTimeout(() => {
    throw new Error('mine')
  }, 10)
  quiet.setTimeout(after, 20)

  await quiet.advance(30)

  expect(after).toHaveBeenCalled()
  expect(reported.some((fn) => typeof fn === 'function')).toBe(true)
})

test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('a jump of %d is refused', (ms) => {
  expect(() => clock.advance(ms)).toThrow(RangeError)
})

test('a follower is where the clock is, has fired what was due, before the jump is over', async () => {
  const follower = createClock({ offset: clock.offset })
  const fired = jest.fn()
  follower.setTimeout(fired, DAY)
  clock.follow((offset) => follower.jumpTo(offset))

  await clock.advance(DAY + 1000)

  expect(fired).toHaveBeenCalledTimes(1)
  expect(Math.abs(follower.now() - clock.now())).toBeLessThan(10)
  follower.close()
})

test("a follower's earlier timer wins against a later one here", async () => {
  const follower = createClock({ offset: clock.offset })
  const order: string[] = []
  clock.setTimeout(() => order.push('limit'), 3000)
  follower.setTimeout(() => order.push('work'), 2000)
  clock.follow((offset) => follower.jumpTo(offset))

  await clock.advance(10_000)

  expect(order).toEqual(['work', 'limit'])
  follower.close()
})

test('time never runs backwards', async () => {
  await clock.advance(DAY)
  await clock.jumpTo(0)

  expect(clock.now() - Date.now()).toBeGreaterThan(DAY - 1000)
})

describe('installed on a target', () => {
  const real = { Date, setTimeout }
  let uninstall: () => void
  beforeEach(() => {
    uninstall = installClock(globalThis, clock)
  })
  afterEach(() => uninstall())

  test('Date is the emulated time, and dates stay dates', async () => {
    const before = new real.Date()
    await clock.advance(DAY)

    expect(Math.abs(Date.now() - real.Date.now() - DAY)).toBeLessThan(30_000)
    const fresh = new Date()
    expect(Math.abs(fresh.getTime() - Date.now())).toBeLessThan(30_000)
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z')
    expect(before).toBeInstanceOf(Date)
    expect(new Date().constructor).toBe(Date)
    expect(Date()).toContain(String(new Date().getFullYear()))
  })

  test('timers wait for the emulated time, with their arguments', async () => {
    const fire = jest.fn()
    setTimeout(fire, DAY, 'a', 'b')
    const beat = setInterval(fire, DAY)
    await clock.advance(2 * DAY)
    clearInterval(beat)
    await clock.advance(DAY)

    expect(fire.mock.calls).toEqual([['a', 'b'], [], []])
  })

  test('a cleared timer does not fire, a refreshed one fires later', async () => {
    const [cleared, refreshed] = [jest.fn(), jest.fn()]
    clearTimeout(setTimeout(cleared, 1000))
    // Two sets of typings meet here; in Node a timer is an object.
    const timer: { refresh(): unknown } = Object(setTimeout(refreshed, 1000))
    await clock.advance(900)
    timer.refresh()
    await clock.advance(900)
    expect(refreshed).not.toHaveBeenCalled()
    await clock.advance(200)

    expect(refreshed).toHaveBeenCalledTimes(1)
    expect(cleared).not.toHaveBeenCalled()
  })

  test('a promisified setTimeout waits too', async () => {
    const done = promisify(setTimeout)(DAY, 'rested')
    await clock.advance(DAY)

    await expect(done).resolves.toBe('rested')
  })

  test('the clock itself keeps working, and going away leaves the real ones', async () => {
    await clock.advance(DAY)
    uninstall()

    expect(Date).toBe(real.Date)
    expect(setTimeout).toBe(real.setTimeout)
    expect(new Date().constructor).toBe(real.Date)
    expect(clock.now() - Date.now()).toBeGreaterThan(DAY - 1000)
  })
})
