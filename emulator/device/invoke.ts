// How an asynchronous `wx` API is called: by callbacks, or by promise when none of the three is given.

import type { DeviceFailure } from './port'
import { type Runtime, WxFailure } from './runtime'

/** Promises came with base library 2.10.2. https://developers.weixin.qq.com/miniprogram/dev/framework/app-service/api.html */
const PROMISES_SINCE = '2.10.2'

export type Options = Readonly<Record<string, unknown>>

/**
 * Runs `work` for `wx.<name>`. Its fields and `errMsg: '<name>:ok'` go to `success`, a WxFailure to `fail`, either to
 * `complete`; without callbacks to a promise. A failure text that begins with `fail` is completed with the name.
 */
export function invoke(
  { env, atLeast }: Pick<Runtime, 'env' | 'atLeast'>,
  name: string,
  given: unknown,
  work: (options: Options) => Promise<object>,
): Promise<object> | undefined {
  const options = isOptions(given) ? given : {}
  const { success, fail, complete } = options
  const outcome = run(name, given, options, work)
  if ([success, fail, complete].every((callback) => callback === undefined) && atLeast(PROMISES_SINCE)) {
    const promise = outcome.then((end) => {
      if (end.ok) return end.value
      throw end.failure
    })
    return promise
  }
  const tell = (callback: unknown, value: object) => {
    if (typeof callback !== 'function') return
    try {
      callback(value)
    } catch (error) {
      env.report(error)
    }
  }
  void outcome.then((end) => {
    const value = end.ok ? end.value : end.failure
    tell(end.ok ? success : fail, value)
    tell(complete, value)
  })
  return undefined
}

type Outcome = { ok: true; value: object } | { ok: false; failure: DeviceFailure }

async function run(
  name: string,
  given: unknown,
  options: Options,
  work: (options: Options) => Promise<object>,
): Promise<Outcome> {
  try {
    if (given !== undefined && !isOptions(given))
      throw new WxFailure({ errMsg: `fail parameter error: parameter should be Object instead of ${typeof given}` })
    return { ok: true, value: { ...(await work(options)), errMsg: `${name}:ok` } }
  } catch (error) {
    if (!(error instanceof WxFailure)) return { ok: false, failure: { errMsg: `${name}:fail ${text(error)}` } }
    const { errMsg } = error.failure
    return {
      ok: false,
      failure: { ...error.failure, errMsg: errMsg.startsWith('fail') ? `${name}:${errMsg}` : errMsg },
    }
  }
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const isOptions = (value: unknown): value is Options =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
