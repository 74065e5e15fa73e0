// The watermark: for whom WeChat told something, and when. On whatever path data comes, this is looked at first.
import { Refusal } from './errors'
import { type Fields, isObject } from './shape'

/** How old data may be: ten minutes, so that a slow user and one more try fit, and a stolen copy soon is worth nothing. */
export const FRESH_MS = 10 * 60_000
const AHEAD_MS = 60_000 // WeChat's clock is not exactly ours

export interface Expected {
  appid: string
  now: number
}

/** DATA_MISMATCH when there is no watermark, or it is another mini-program's, stale, or from the future. */
export const checkWatermark = (data: Fields, { appid, now }: Expected): void => {
  const { watermark } = data
  if (!isObject(watermark)) throw mismatch('no watermark')
  const { appid: its, timestamp } = watermark
  if (its !== appid) throw mismatch('the watermark of another mini-program')
  if (typeof timestamp !== 'number' || !Number.isFinite(timestamp)) throw mismatch('a watermark without a time')
  const age = now - timestamp * 1000
  if (age > FRESH_MS) throw mismatch(`${Math.round(age / 1000)} s old`)
  if (age < -AHEAD_MS) throw mismatch(`${Math.round(-age / 1000)} s in the future`)
}

const mismatch = (detail: string) =>
  new Refusal('DATA_MISMATCH', 'what WeChat sealed is for another mini-program, or too old', { detail })
