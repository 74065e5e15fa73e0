// <input type="nickname">: the name above the keyboard, and WeChat's look at what was typed.

import type { NicknameReview } from '../profile'
import { inTime } from './in-time'
import type { Privacy } from './privacy'
import { answered, type Runtime, WxFailure } from './runtime'

/** https://developers.weixin.qq.com/miniprogram/dev/component/input.html */
const OFFER_SINCE = '2.21.2'
const REVIEW_SINCE = '2.24.4'
const EVENT_SINCE = '2.29.1'

/** So long WeChat looks before it gives up. A guess: WeChat does not tell the figure. */
export const REVIEW_LIMIT_MS = 3_000

export interface NicknameField {
  /** The person's name on WeChat once they took it; undefined where the field is one of plain text, or they did not. */
  offer(): Promise<string | undefined>
  /** The field was left with this in it. Undefined when nobody looks; `isHeard`: the page is told by an event. */
  review(value: string): Promise<(NicknameReview & { isHeard: boolean }) | undefined>
}

/** Without consent the field is silently one of plain text: nobody is asked. */
export function createNicknameField(runtime: Runtime, privacy: Privacy): NicknameField {
  const { port, env, network, atLeast } = runtime
  const isNickname = async (since: string) => atLeast(since) && (await privacy.isAgreed('profile'))
  const ask = async (value: string): Promise<NicknameReview> => {
    const verdict = network.ask('input.reviewNickname', { value }).then(
      // WeChat is slow: the answer that does not come in time is no answer.
      (told) => (told === 'late' ? new Promise<never>(() => undefined) : told),
    )
    try {
      const told = await inTime(env, REVIEW_LIMIT_MS, verdict)
      if (told === 'pass' || told === 'unsafe') return { pass: told === 'pass', timeout: false }
      throw new Error(`the emulator answered a review with ${JSON.stringify(told)}`)
    } catch (error) {
      // Whatever kept it from looking: nothing is known of the name.
      if (error instanceof WxFailure) return { pass: false, timeout: true }
      throw error
    }
  }
  return {
    async offer() {
      if (!(await isNickname(OFFER_SINCE))) return undefined
      const answer = await port.call('input.offerNickname', {})
      const name = answer.ok ? answered(answer) : undefined
      return typeof name === 'string' ? name : undefined
    },
    async review(value) {
      if (value === '' || !(await isNickname(REVIEW_SINCE))) return undefined
      return { ...(await ask(value)), isHeard: atLeast(EVENT_SINCE) }
    },
  }
}
