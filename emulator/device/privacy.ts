// The privacy protocol on the handset: who is asked before an API may touch personal data.

import type { PrivacyInterface, PrivacyStanding } from '../phone'
import { invoke } from './invoke'
import { privacyRefusal } from './privacy-refusals'
import { answered, type Runtime, WxFailure } from './runtime'

/** Older libraries intercept nothing. https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html */
export const PRIVACY_SINCE = '2.32.3'

export interface Privacy {
  /** Resolves once the person has agreed; throws what the API fails with. `referrer` is what the listener is told. */
  require(about: PrivacyInterface, referrer: string): Promise<void>
  /** Whether that would ask nobody and refuse nothing. */
  isAgreed(about: PrivacyInterface): Promise<boolean>
  /** A button with the open-type `agreePrivacyAuthorization` was tapped. */
  tapped(buttonId: string): Promise<void>
  readonly apis: Record<string, unknown>
}

export const PRIVACY_APIS_SINCE: Readonly<Record<string, string>> = {
  getPrivacySetting: PRIVACY_SINCE,
  onNeedPrivacyAuthorization: PRIVACY_SINCE,
  requirePrivacyAuthorize: PRIVACY_SINCE,
  openPrivacyContract: PRIVACY_SINCE,
}

type Resolve = (answer: unknown) => void
type Listener = (resolve: Resolve, info: { referrer: string }) => void

export function createPrivacy(runtime: Runtime): Privacy {
  const { port, env } = runtime
  /** The order of taps, by the button's id. */
  const taps = new Map<string, number>()
  let tapCount = 0
  let listener: Listener | undefined
  let dialog: Promise<boolean> | undefined

  /** Consent lies on the handset: it is asked about without the network. */
  const ask = async (op: string, args: object = {}): Promise<unknown> => answered(await port.call(op, args))

  /** WeChat's own dialog; several APIs share one. */
  const askByDialog = async (referrer: string): Promise<boolean> => {
    dialog ??= ask('privacy.dialog', { referrer }).then((told) => field(told, 'agreed') === true)
    const mine = dialog
    try {
      return await mine
    } finally {
      if (dialog === mine) dialog = undefined
    }
  }
  /** Pending until the mini-program says `agree` for a button tapped meanwhile, or `disagree`. */
  const askByListener = (tell: Listener, referrer: string): Promise<boolean> =>
    new Promise((settle) => {
      const before = tapCount
      const resolve: Resolve = (answer) => {
        const event = field(answer, 'event')
        const buttonId = field(answer, 'buttonId')
        if (event === 'disagree') settle(false)
        else if (event === 'agree') {
          const isTapped = typeof buttonId === 'string' && (taps.get(buttonId) ?? 0) > before
          if (isTapped) settle(true)
          else env.report(new Error(`resolve: click action before resolve is needed (button ${String(buttonId)})`))
        } else if (event !== 'exposureAuthorization')
          env.report(new Error(`resolve: unknown event ${String(event)}: agree, disagree, exposureAuthorization`))
      }
      try {
        tell(resolve, { referrer })
      } catch (error) {
        env.report(error)
      }
    })

  const standingOf = async (about: PrivacyInterface | 'all'): Promise<PrivacyStanding> =>
    field(await ask('privacy.standing', { about }), 'standing') as PrivacyStanding

  const pass = async (about: PrivacyInterface | 'all', referrer: string): Promise<void> => {
    const standing = await standingOf(about)
    if (standing === 'agreed') return
    if (standing !== 'ask') throw new WxFailure(privacyRefusal(standing))
    const byListener = listener !== undefined
    const agreed = await (listener === undefined ? askByDialog(referrer) : askByListener(listener, referrer))
    if (!agreed) {
      await ask('privacy.refuse')
      throw new WxFailure(privacyRefusal('refused'))
    }
    if (!byListener) await ask('button.agreePrivacyAuthorization', { buttonId: '' })
  }
  /** These APIs give no promise, whatever the base library. */
  const byCallback = (name: string, given: unknown, work: () => Promise<object>): void => {
    const options = given === undefined ? { complete: () => undefined } : given
    void invoke(runtime, name, options, work)?.catch(() => undefined)
  }
  return {
    async require(about, referrer) {
      if (runtime.atLeast(PRIVACY_SINCE)) await pass(about, referrer)
    },
    isAgreed: async (about) => !runtime.atLeast(PRIVACY_SINCE) || (await standingOf(about)) === 'agreed',
    async tapped(buttonId) {
      await ask('button.agreePrivacyAuthorization', { buttonId })
      tapCount += 1
      taps.set(buttonId, tapCount)
    },
    apis: {
      getPrivacySetting: (given?: unknown) =>
        byCallback('getPrivacySetting', given, async () => object(await ask('wx.getPrivacySetting'))),
      /** The last registration wins. */
      onNeedPrivacyAuthorization(told: Listener) {
        if (typeof told !== 'function') throw new Error('onNeedPrivacyAuthorization: the listener is a function')
        listener = told
      },
      requirePrivacyAuthorize: (given?: unknown) =>
        byCallback('requirePrivacyAuthorize', given, async () => {
          await pass('all', 'requirePrivacyAuthorize')
          return {}
        }),
      openPrivacyContract: (given?: unknown) =>
        byCallback('openPrivacyContract', given, async () => object(await ask('wx.openPrivacyContract'))),
    },
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined

const object = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {})
