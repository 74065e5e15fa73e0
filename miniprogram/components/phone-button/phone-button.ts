/**
 * The button that asks for the phone number, quick or in real time. Fires `bound` (the user), `failed` (an AskFailure)
 * and `phase` ({ phase }). It needs somebody signed in: until `auth.prepareSealed()` has resolved it is off.
 * https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html
 */
import type { IAppOption } from '../../app'
import { type AuthState, atLeast, sdkVersion } from '../../auth/index'
import type { Words } from '../../i18n/index'
import { type Ask, createAsk, type Phase } from './ask'
import { createPaidTaps } from './paid-taps'

/** One count for all the buttons of the app. */
const taps = createPaidTaps({
  read: (key) =>
    new Promise((resolve) => {
      wx.getStorage({ key, success: ({ data }) => resolve(data), fail: () => resolve(undefined) })
    }),
  write: (key, data) => void wx.setStorage({ key, data, fail: () => {} }),
  now: () => Date.now(),
})

interface Held {
  ask: Ask
  kind: string
  onNetwork: (news: object) => void
}
const held = new WeakMap<object, Held>()

const REALTIME_SINCE = '2.24.4'
const CONSENT_SINCE = '2.32.3' // below it the combined open-type is unknown, and nothing is intercepted

interface Kind {
  realtime: boolean
  change: boolean
  consent: boolean
}
const kindOf = ({ realtime, change, consent }: Kind): string => `${realtime} ${change} ${consent}`

const openTypeOf = (isRealtime: boolean, isConsent: boolean): string => {
  const version = sdkVersion(wx)
  if (isRealtime && !atLeast(version, REALTIME_SINCE)) return ''
  const openType = isRealtime ? 'getRealtimePhoneNumber' : 'getPhoneNumber'
  return isConsent && atLeast(version, CONSENT_SINCE) ? `${openType}|agreePrivacyAuthorization` : openType
}

const labelOf = (phase: Phase, label: string, { phone, actions, errors }: Words): string => {
  const labels: Record<Phase, string> = {
    preparing: phone.preparing,
    unready: actions.retry,
    ready: label,
    working: phone.working,
    kept: actions.retry,
    paused: errors.RATE_LIMITED.action,
    spent: phone.spent,
    bound: '',
  }
  return labels[phase]
}

const maskedIn = (state: AuthState): string => ('user' in state ? (state.user?.phone?.masked ?? '') : '')

Component({
  properties: {
    /** What the button says when it can be tapped. */
    label: { type: String, value: '' },
    /** Verified at this very moment; from base library 2.24.4, below it nothing is shown. */
    realtime: { type: Boolean, value: false },
    /** A number is bound, and another shall take its place. Without it the button of a bound user is a confirmation. */
    change: { type: Boolean, value: false },
    /** The page shows the privacy guideline beside the button, so that the tap is the consent as well. */
    consent: { type: Boolean, value: false },
  },

  data: { phase: '' as Phase | '', openType: '', text: '', hint: '', masked: '' },

  observers: {
    label(label: string) {
      if (this.data.phase === 'ready') this.setData({ text: label })
    },
    'realtime, change, consent': function () {
      // It fires when they are set, whether or not they change.
      const mine = held.get(this)
      if (mine && mine.kind !== kindOf(this.properties)) this.start()
    },
  },

  lifetimes: {
    attached() {
      this.start()
    },

    detached() {
      this.stop()
    },
  },

  pageLifetimes: {
    show() {
      if (this.data.openType) void held.get(this)?.ask.prepare()
    },
  },

  methods: {
    /** Another kind of asking is another ask: nothing of the one before counts. */
    start() {
      this.stop()
      const { auth, words } = getApp<IAppOption>().globalData
      const { realtime, change, consent } = this.properties
      const openType = openTypeOf(realtime, consent)
      this.setData({ openType, phase: '' })
      const ask = createAsk(
        {
          auth,
          taps,
          now: () => Date.now(),
          after: (ms, run) => {
            const timer = setTimeout(run, ms)
            return () => clearTimeout(timer)
          },
          show: (phase) => {
            const text = labelOf(phase, this.properties.label, words)
            const hint = phase === 'spent' ? words.phone.spentHint : ''
            this.setData({ phase, text, hint, masked: maskedIn(auth.state) })
            // Later: the page may be drawing this very button, and drawing again from within disorders its tree.
            void Promise.resolve().then(() => this.triggerEvent('phase', { phase }))
          },
          bound: (user) => this.triggerEvent('bound', user),
          failed: (failure) => this.triggerEvent('failed', failure),
          log: (thrown) => console.warn(thrown),
        },
        { realtime, change },
      )
      const onNetwork: Held['onNetwork'] = (news) => {
        if ('isConnected' in news && news.isConnected === true) void ask.retry()
      }
      held.set(this, { ask, kind: kindOf(this.properties), onNetwork })
      wx.onNetworkStatusChange(onNetwork)
      if (openType) void ask.prepare()
    },

    stop() {
      const { ask, onNetwork } = held.get(this) ?? {}
      if (onNetwork) wx.offNetworkStatusChange?.(onNetwork) // from 2.9.3; below it the call finds a closed ask
      ask?.close()
      held.delete(this)
    },

    onNumber({ detail }: WechatMiniprogram.CustomEvent) {
      void held.get(this)?.ask.heard(detail)
    },

    onRetry() {
      void held.get(this)?.ask.retry()
    },
  },
})
