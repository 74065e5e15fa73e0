// When a timer is due, in Beijing time.
import { parseCron } from '../../emulator/cron'

const at = (text: string) => Date.parse(`${text}+08:00`)
const next = (cron: string, after: string) => {
  const due = parseCron(cron).next(at(after))
  return due === undefined ? undefined : new Date(due + 8 * 3_600_000).toISOString().slice(0, 19)
}

test.each([
  ['0 */10 * * * * *', '2026-11-21T05:43:10', '2026-11-21T05:50:00'],
  ['0 */10 * * * * *', '2026-11-21T05:50:00', '2026-11-21T06:00:00'],
  ['*/5 * * * * * *', '2026-11-21T23:59:56', '2026-11-22T00:00:00'],
  ['0 0 2 1 * * *', '2026-11-21T00:00:00', '2026-12-01T02:00:00'],
  ['0 30 9 * * MON-FRI *', '2026-11-20T10:00:00', '2026-11-23T09:30:00'],
  ['0 0 0 29 2 * *', '2026-03-01T00:00:00', '2028-02-29T00:00:00'],
  ['0 0 8-10/2,23 * * * *', '2026-11-21T08:00:00', '2026-11-21T10:00:00'],
])('%s is due after %s at %s', (cron, after, due) => {
  expect(next(cron, after)).toBe(due)
})

test('a year that is over never comes', () => {
  expect(next('0 0 0 1 1 * 2020', '2026-01-01T00:00:00')).toBeUndefined()
})

test.each(['* * * * *', '60 * * * * * *', '0 0 0 0 * * *', '0 0 0 1 1 XYZ *', '0 5-1 * * * * *', '0 */0 * * * * *'])(
  '%s is refused',
  (cron) => {
    expect(() => parseCron(cron)).toThrow(/seven fields|not understood|out of range/)
  },
)
