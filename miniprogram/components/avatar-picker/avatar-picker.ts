/**
 * The face, and the way to another one that this device has (see age.ts). Fires `chosen` ({ path }: a temporary file),
 * `given` ({ isNothing }: an older WeChat gave name and face, or only its anonymous ones), `failed` (a Failure) and `broken` ({ src }). It needs somebody
 * signed in.
 */
import type { IAppOption } from '../../app'
import { sdkVersion } from '../../auth/index'
import { type Age, ageOf } from './age'
import { createTake, type Phase, type Take } from './take'

const takes = new WeakMap<object, Take>()
const SCOPE = 'scope.userInfo'

Component({
  properties: {
    /** What the face shows: an address, a `cloud://` file or a temporary one. */
    src: { type: String, value: '' },
    name: { type: String, value: '' },
    /** Something else is under way. */
    off: { type: Boolean, value: false },
  },

  data: { age: '' as Age | '', phase: 'preparing' as Phase, text: '', hint: '' },

  observers: {
    src() {
      this.draw()
    },
  },

  lifetimes: {
    attached() {
      const { auth } = getApp<IAppOption>().globalData
      this.setData({ age: ageOf(sdkVersion(wx)) })
      this.draw()
      if (this.data.age === 'fill') return
      const take = createTake({
        auth,
        show: (phase) => {
          this.setData({ phase })
          this.draw()
        },
        given: (given) => this.triggerEvent('given', given),
        failed: (failure) => this.triggerEvent('failed', failure),
        log: (thrown) => console.warn(thrown),
      })
      takes.set(this, take)
      void take.prepare()
      this.readSetting()
    },

    detached() {
      takes.get(this)?.close()
      takes.delete(this)
    },
  },

  pageLifetimes: {
    show() {
      void takes.get(this)?.prepare()
    },
  },

  methods: {
    draw() {
      const { words } = getApp<IAppOption>().globalData
      const { profile, actions } = words
      const { age, phase, src } = this.data
      const labels: Record<Phase, string> = {
        preparing: profile.preparing,
        unready: actions.retry,
        ready: profile.take,
        working: profile.taking,
      }
      const text = age === 'fill' ? (src ? profile.change : profile.choose) : labels[phase]
      if (text !== this.data.text) this.setData({ text })
    },

    /** Who said no before is told that the button asks once more; the person's yes needs no word. */
    readSetting() {
      if (this.data.age !== 'button') return
      wx.getSetting({
        success: ({ authSetting }) => {
          const { profile } = getApp<IAppOption>().globalData.words
          this.setData({ hint: authSetting[SCOPE] === false ? profile.takeAgain : '' })
        },
      })
    },

    /** A cancel or a picture that WeChat does not let pass fires no event at all. */
    onChosen({ detail }: WechatMiniprogram.CustomEvent<{ avatarUrl?: unknown }>) {
      const { avatarUrl: path } = detail
      if (typeof path === 'string' && path) this.triggerEvent('chosen', { path })
    },

    onUserInfo({ detail }: WechatMiniprogram.CustomEvent) {
      void takes.get(this)?.heard(detail)
      this.readSetting()
    },

    /** In the tap itself: WeChat asks nobody from anywhere else. */
    onTake() {
      const take = takes.get(this)
      if (this.data.phase === 'unready') {
        void take?.prepare()
        return
      }
      const { takeFor } = getApp<IAppOption>().globalData.words.profile
      const heard = (answer: unknown) => void take?.heard(answer)
      wx.getUserProfile({ desc: takeFor, success: heard, fail: heard })
    },

    onBroken({ detail }: WechatMiniprogram.CustomEvent<{ src: string }>) {
      this.triggerEvent('broken', detail)
    },
  },
})
