// WeChat's open interfaces in the name of one request: by cloud call when the context says who asks, else by token.
import { createHash } from 'node:crypto'
import { type Deadline, withinDeadline } from './deadline'
import { badRequest, Refusal } from './errors'
import type { Clock, CloudApi, TokenUser, Weixin } from './ports'
import type { Secret } from './secret'
import { isObject } from './shape'
import type { CounterStore } from './stores'

export interface OpenApi {
  /** Spends a phone code; what WeChat vouches for, unread. */
  phoneInfo(code: Secret): Promise<unknown>
  /** What a cloudID of the caller stands for, unread. BAD_REQUEST where no cloud says who is calling. */
  openData(cloudID: Secret): Promise<unknown>
  /** What WeChat thinks of a text that others will see; `review` is for a human, and none stands behind this. */
  checkText(text: string): Promise<Suggestion>
  /** Has WeChat look at a picture that is at this address for a while; the verdict comes by push under this name. */
  checkPicture(url: string): Promise<string>
  /** Whether WeChat itself sealed this for our mini-program in the last three days. */
  hasSealed(encryptedData: Secret): Promise<boolean>
}

export type Suggestion = 'pass' | 'review' | 'risky'

export interface OpenApiPorts {
  clock: Clock
  weixin: Pick<Weixin, 'phoneInfo' | 'hasSealed' | 'checkText' | 'checkPicture'>
  counters: CounterStore
  /** Whose access token it is; asked for only when one is renewed by force. */
  appid: () => string
  deadline: Deadline
  hide(secret: Secret): void
  /** Absent when nobody with an openid is calling: which way is taken is the context's word, never the event's. */
  byCloud: CloudApi | undefined
  /** Of the person who asks: WeChat's checks want to know whose text or picture it is. */
  openid(): Promise<Secret>
}

export const createOpenApi = ({
  clock,
  weixin,
  counters,
  appid,
  deadline,
  hide,
  byCloud,
  openid,
}: OpenApiPorts): OpenApi => {
  const by: TokenUser = {
    signal: deadline.signal,
    hide,
    mayForce: async () => mayForce(clock.now(), counters, appid()),
  }
  const openApi: OpenApi = {
    phoneInfo: (code) => (byCloud ? byCloud.phoneInfo(code) : weixin.phoneInfo(code, by)),
    openData: async (cloudID) => {
      if (byCloud === undefined) throw badRequest('a cloudID is understood only when the call comes through the cloud')
      return byCloud.openData(cloudID)
    },
    checkText: async (text) => {
      const question = { text, openid: await openid() }
      return suggestionOf(
        await patiently(() => (byCloud ? byCloud.checkText(question) : weixin.checkText(question, by))),
      )
    },
    checkPicture: async (url) => {
      const question = { url, openid: await openid() }
      return traceIdOf(await (byCloud ? byCloud.checkPicture(question) : weixin.checkPicture(question, by)))
    },
    hasSealed: (encryptedData) => weixin.hasSealed(hashOf(encryptedData), by),
  }
  return withinDeadline(openApi, deadline)
}

/** Of the base64 text as it is, as WeChat's own example has it. */
const hashOf = (encryptedData: Secret) => createHash('sha256').update(encryptedData.reveal()).digest('hex')

const TRIES = 3

/** WeChat's own advice for -1: ask again. Asking is free and changes nothing; the deadline of the request ends it. */
const patiently = async <T>(ask: () => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries++) {
    try {
      return await ask()
    } catch (failure) {
      if (tries === TRIES || !(failure instanceof Refusal && failure.code === 'WECHAT_BUSY')) throw failure
    }
  }
}

/** `{ suggest: 'pass' | 'review' | 'risky', label }`: a bad text is no errcode. */
const suggestionOf = (result: unknown): Suggestion => {
  const suggest = isObject(result) ? result['suggest'] : undefined
  if (suggest === 'pass' || suggest === 'review' || suggest === 'risky') return suggest
  throw new Refusal('WECHAT_BUSY', 'WeChat gave no verdict on a text')
}

const traceIdOf = (traceId: unknown): string => {
  if (typeof traceId === 'string' && /^[\w-]{1,128}$/.test(traceId)) return traceId
  throw new Refusal('WECHAT_BUSY', 'WeChat gave no name to the check of a picture')
}

const FORCED_EVERY_MS = 30_000 // WeChat's two limits
const FORCED_A_DAY = 20
const DAY_MS = 86_400_000

/**
 * For all instances at once: taking this half minute and the next one keeps two at least one of them apart. Each
 * mini-program has a token of its own, also where two share a database.
 */
const mayForce = async (now: number, counters: CounterStore, appid: string): Promise<boolean> => {
  const window = Math.floor(now / FORCED_EVERY_MS)
  for (const taken of [window, window + 1]) {
    const free = await counters.take(`forcedToken:${appid}:30s:${taken}`, 1, (taken + 1) * FORCED_EVERY_MS)
    if (!free) return false
  }
  const day = Math.floor(now / DAY_MS)
  return counters.take(`forcedToken:${appid}:day:${day}`, FORCED_A_DAY, (day + 1) * DAY_MS)
}
