// The question before an interface that WeChat's privacy rules cover. Put it on each page that may bring it up.
import type { IAppOption } from '../../app'
import type { Words } from '../../i18n/index'

interface Held {
  forget?: () => void
  /** The user went to read the guideline: that is no "no". */
  isReading: boolean
}
const held = new WeakMap<object, Held>()

const privacyOf = () => getApp<IAppOption>().globalData.privacy
const noWords: Partial<Words['consent']> = {}

Component({
  data: { isOpen: false, ask: '', t: noWords },

  lifetimes: {
    attached() {
      held.set(this, { isReading: false })
      this.setData({ t: getApp<IAppOption>().globalData.words.consent })
      this.listen()
    },

    detached() {
      this.leave()
      held.delete(this)
    },
  },

  pageLifetimes: {
    show() {
      this.listen()
    },

    hide() {
      if (!held.get(this)?.isReading) this.leave()
    },
  },

  methods: {
    listen() {
      const mine = held.get(this)
      if (!mine) return
      mine.isReading = false
      // Later: on Android, what is drawn from within WeChat's own callback has been seen to never appear.
      mine.forget ??= privacyOf().onChange(() => void setTimeout(() => this.draw(), 0))
    },

    /** Leaving the page means "not now": whoever waits is answered. */
    leave() {
      const mine = held.get(this)
      if (!mine?.forget) return
      privacyOf().disagree()
      mine.forget()
      delete mine.forget
    },

    draw() {
      const { asking } = privacyOf()
      if (asking === undefined || !held.get(this)?.forget) {
        if (this.data.isOpen) this.setData({ isOpen: false })
        return
      }
      const { consent, say } = getApp<IAppOption>().globalData.words
      const ask = say.asks(consent.things[asking] ?? consent.thing)
      this.setData({ isOpen: true, ask }, () => privacyOf().shown())
    },

    /** The platform has checked that the button with this id was tapped. */
    onAgree() {
      privacyOf().agree('privacy-agree')
    },

    onRefuse() {
      privacyOf().disagree()
    },

    onGuideline() {
      const mine = held.get(this)
      if (mine) mine.isReading = true
      wx.openPrivacyContract({ fail: () => void wx.navigateTo({ url: '/pages/privacy/privacy' }) })
    },

    /** What lies behind keeps still. */
    onMove() {},
  },
})
