// Timers' seven fields: second, minute, hour, day, month, weekday, year; in Beijing time, as the cloud reads them.

const BEIJING_MS = 8 * 3_600_000
const SECOND_MS = 1000
/** A trigger that is not due within so many steps (of a day at most) never is. */
const MAX_STEPS = 20_000

/** From, to, and how long one lasts when the rest of the fields is left alone. */
const FIELDS: readonly [name: string, from: number, to: number][] = [
  ['second', 0, 59],
  ['minute', 0, 59],
  ['hour', 0, 23],
  ['day', 1, 31],
  ['month', 1, 12],
  ['weekday', 0, 6],
  ['year', 1970, 2099],
]
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

export interface Cron {
  /** The first time after this, milliseconds since 1970; undefined when there is none. */
  next(after: number): number | undefined
}

/**
 * Throws for what is no such expression.
 * https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/guide/functions/triggers.html
 */
export function parseCron(text: string): Cron {
  const parts = text.trim().split(/\s+/)
  if (parts.length !== FIELDS.length) throw new Error(`${JSON.stringify(text)} has not seven fields`)
  const allowed = FIELDS.map(([name, from, to], index) => {
    const part = parts[index] ?? ''
    const named = name === 'weekday' ? numbered(part) : part
    return valuesOf(named, from, to, `the ${name} ${part} of ${JSON.stringify(text)}`)
  })
  const has = (index: number, value: number) => allowed[index]?.has(value) === true
  return {
    next(after) {
      let at = new Date((Math.floor((after + BEIJING_MS) / SECOND_MS) + 1) * SECOND_MS)
      for (let step = 0; step < MAX_STEPS; step += 1) {
        const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()]
        const [hour, minute] = [at.getUTCHours(), at.getUTCMinutes()]
        if (year > 2099) return undefined
        // The largest field that does not fit moves on, and all below it begin anew.
        if (!has(6, year)) at = new Date(Date.UTC(year + 1, 0))
        else if (!has(4, month + 1)) at = new Date(Date.UTC(year, month + 1))
        else if (!has(3, day) || !has(5, at.getUTCDay())) at = new Date(Date.UTC(year, month, day + 1))
        else if (!has(2, hour)) at = new Date(Date.UTC(year, month, day, hour + 1))
        else if (!has(1, minute)) at = new Date(Date.UTC(year, month, day, hour, minute + 1))
        else if (!has(0, at.getUTCSeconds())) at = new Date(at.getTime() + SECOND_MS)
        else return at.getTime() - BEIJING_MS
      }
      return undefined
    },
  }
}

const numbered = (part: string): string =>
  part.replace(/[A-Z]{3}/gi, (name) => {
    const index = WEEKDAYS.indexOf(name.toUpperCase())
    return index < 0 ? name : String(index)
  })

/** `*`, `5`, `1-5`, `1,3`, and each with a step: `0-30/10`. */
function valuesOf(part: string, from: number, to: number, what: string): ReadonlySet<number> {
  const values = new Set<number>()
  for (const piece of part.split(',')) {
    const [, range = '', stepText] = /^(\*|\d+(?:-\d+)?)(?:\/(\d+))?$/.exec(piece) ?? []
    if (range === '') throw new Error(`${what} is not understood`)
    const [first = from, last = stepText === undefined ? first : to] =
      range === '*' ? [from, to] : range.split('-').map(Number)
    const step = Number(stepText ?? 1)
    if (first < from || last > to || first > last || step < 1) throw new Error(`${what} is out of range`)
    for (let value = first; value <= last; value += step) values.add(value)
  }
  return values
}
