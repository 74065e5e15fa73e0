// A limit on how long a mini-program waits, by the device's time.

import { type Runtime, WxFailure } from './runtime'

/** errno 5 is "time out" in WeChat's public table. No limit unless it is a number above 0. */
export async function inTime<T>(env: Runtime['env'], timeout: unknown, work: Promise<T>): Promise<T> {
  if (typeof timeout !== 'number' || !(timeout > 0)) return work
  let timer: number | undefined
  const late = new Promise<never>((_, reject) => {
    timer = env.setTimeout(() => reject(new WxFailure({ errMsg: 'fail timeout', errno: 5 })), timeout)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    if (timer !== undefined) env.clearTimeout(timer)
  }
}
