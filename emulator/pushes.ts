// Message push: WeChat tells the function `push` what happened, and tries again when nobody takes it.

import type { PushKeys } from './environment'
import { HttpRefusal } from './guard'
import type { HttpAccess } from './http/http-access'
import type { PushAnswer, PushedEvent, PushOptions } from './push'
import { sealPush } from './push-envelope'
import { isConnectionLost } from './stage'
import type { State } from './state'
import type { Clock } from './types'

/** "No answer within five seconds: sent again, three times in all"; how long WeChat waits in between, it does not say. */
const PATIENCE_MS = 5_000
const ATTEMPTS = 3
/** Below the door of HTTP access. */
const PUSH_PATH = '/push'
/** What WeChat takes for an answer. */
const TAKEN: readonly string[] = ['success', '']

export interface Pushes {
  /** Resolves when the event was taken or given up. Throws UNKNOWN_ACCOUNT, UNKNOWN_APP. */
  push(event: PushedEvent, options?: PushOptions): Promise<PushAnswer>
}

export interface PushPorts {
  state: State
  clock: Clock
  http: HttpAccess
  keysOf(appid: string): PushKeys
}

export function createPushes({ state, clock, http, keysOf }: PushPorts): Pushes {
  /** One attempt; `undefined` when nothing came back in time. */
  const attempt = async (sealed: ReturnType<typeof sealPush>, about: { app: string; account?: string }) => {
    let timer = 0
    const patience = new Promise<undefined>((resolve) => {
      timer = clock.setTimeout(() => resolve(undefined), PATIENCE_MS)
    })
    const answer = http
      .answer({
        ...about,
        method: 'POST',
        path: PUSH_PATH,
        query: sealed.query,
        from: 'weixin',
        headers: { 'content-type': sealed.contentType, 'user-agent': 'Mozilla/4.0' },
        body: Buffer.from(sealed.body),
      })
      .then(({ status, body }) => ({ status, text: body.toString() }), failed)
    const outcome = await Promise.race([answer, patience])
    clock.clearTimeout(timer)
    return outcome
  }

  return {
    async push(event, { account, app, format = 'json' } = {}) {
      const { appid } = state.apps.get(app)
      const openid = account === undefined ? undefined : state.apps.openid(state.accounts.get(account).id, appid)
      const now = clock.now()
      const message = {
        ToUserName: originalId(appid),
        FromUserName: state.apps.openid('weixin', appid),
        CreateTime: Math.floor(now / 1000),
        MsgType: 'event',
        ...(openid === undefined ? {} : { OpenID: openid, AppID: appid }),
        ...event,
      }
      const about = { app: appid, ...(account === undefined ? {} : { account }) }
      // Tried again it is the same letter, with the same signature.
      const sealed = sealPush(message, { keys: keysOf(appid), appid, now, format })
      let answer: PushAnswer = { taken: false, attempts: 0 }
      for (let attempts = 1; attempts <= ATTEMPTS && !answer.taken; attempts += 1) {
        const outcome = await attempt(sealed, about)
        const taken = outcome?.status === 200 && TAKEN.includes(outcome.text)
        answer = { taken, attempts, ...outcome }
      }
      return answer
    },
  }
}

/** The gateway's own refusals are answers; a broken connection is none. Anything else is a mistake in here. */
function failed(error: unknown): { status: number; text: string } | undefined {
  if (error instanceof HttpRefusal) return { status: error.status, text: error.code }
  if (isConnectionLost(error)) return undefined
  throw error
}

/** The mini-program's `gh_…`. */
const originalId = (appid: string) => `gh_${appid.slice(2, 14)}`
