// wx.onNeedPrivacyAuthorization, which exists from 2.32.3; below it WeChat intercepts nothing.
import type { PrivacyAnswer, PrivacyPort } from '../core/ports'

/** The typings know neither the resolver nor the event, which the real listener is given: hence the cast below. */
type Listener = (resolve: (answer: PrivacyAnswer) => void, event?: { referrer?: string }) => void

export const createPrivacyPort = (device: WechatMiniprogram.Wx): PrivacyPort => ({
  onNeeded(ask) {
    const register = device.onNeedPrivacyAuthorization as unknown as ((listener: Listener) => void) | undefined
    register?.((resolve, event) => ask(resolve, event?.referrer ?? ''))
  },
})
