// Since: what WeChat dates to the second, beside what we date to the millisecond.

const SECOND_MS = 1000

/**
 * Whether something of ours came about in a later second than the one at `second` (milliseconds since 1970). Within the
 * same second nobody can tell: then it is no newer, as is what bears no time.
 */
export const isSince = (time: number | undefined, second: number): boolean =>
  time !== undefined && time >= second + SECOND_MS
