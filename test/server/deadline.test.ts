// The deadline: nothing is waited for beyond it, and nothing starts after it.
import { createDeadline, withinDeadline } from '../../cloudfunctions/core/deadline'
import { createToldClock } from '../support/told-clock'

const timeout = expect.objectContaining({ code: 'TIMEOUT' })
const never = new Promise<never>(() => undefined)

const given = (ms = 1000) => {
  const clock = createToldClock()
  return { clock, deadline: createDeadline({ clock }, ms) }
}

describe('a deadline', () => {
  it('hands an answer through that comes in time', async () => {
    await expect(given().deadline.run(async () => 7)).resolves.toBe(7)
  })

  it('hands a failure through that comes in time', async () => {
    const failing = given().deadline.run(async () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
  })

  it('ends the wait for an answer that never comes', async () => {
    const { clock, deadline } = given()
    const waiting = deadline.run(() => never)
    clock.advance(1000)
    await expect(waiting).rejects.toEqual(timeout)
  })

  it('does not end it a millisecond early', () => {
    const { clock, deadline } = given()
    clock.advance(999)
    expect(() => deadline.check()).not.toThrow()
  })

  it('refuses to start anything afterwards', async () => {
    const { clock, deadline } = given()
    const effect = jest.fn(async () => 1)
    clock.advance(1000)
    await expect(deadline.run(effect)).rejects.toEqual(timeout)
    expect(effect).not.toHaveBeenCalled()
  })

  it('goes by the clock: an instance that was frozen thaws before its timers run', async () => {
    let now = 0
    const deadline = createDeadline({ clock: { now: () => now, timer: () => () => undefined } }, 1000)
    const answered = deadline.run(async () => {
      now = 60_000
      return 'late'
    })
    await expect(answered).rejects.toEqual(timeout)
  })

  it('aborts what can be aborted, at the deadline and when the request is over', () => {
    const [late, closed] = [given(), given()]
    late.clock.advance(1000)
    closed.deadline.close()
    expect([late.deadline.signal.aborted, closed.deadline.signal.aborted]).toEqual([true, true])
  })

  it('starts nothing once the request is over, however much time is left', async () => {
    const { deadline } = given()
    const effect = jest.fn(async () => 1)
    deadline.close()
    await expect(deadline.run(effect)).rejects.toEqual(timeout)
    expect(effect).not.toHaveBeenCalled()
  })

  it('leaves no timer behind', () => {
    const { clock, deadline } = given()
    deadline.close()
    expect(clock.waiting).toBe(0)
  })
})

describe('a port within the deadline', () => {
  it('works as before, its `this` included', async () => {
    const port = {
      step: 2,
      async double(n: number) {
        return n * this.step
      },
    }
    const bound = withinDeadline<{ double(n: number): Promise<number> }>(port, given().deadline)
    await expect(bound.double(21)).resolves.toBe(42)
  })

  it('starts no second effect when the first one came back too late', async () => {
    const { clock, deadline } = given()
    const write = jest.fn(async () => 'written')
    let answer: (value: string) => void = () => undefined
    const read = () =>
      new Promise<string>((resolve) => {
        answer = resolve
      })
    const port = withinDeadline({ read, write }, deadline)
    const call = (async () => {
      await port.read()
      await port.write()
    })()
    clock.advance(1000)
    answer('late')
    await expect(call).rejects.toEqual(timeout)
    expect(write).not.toHaveBeenCalled()
  })
})
