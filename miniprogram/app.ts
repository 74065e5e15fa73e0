// The edge: opens the cloud, makes the one Auth and the words of this device, and hands them to the pages.
import { type Auth, createAuth, createPrivacy, type Privacy } from './auth/index'
import { AUTH_FUNCTION, BASE_URL, CLOUD_ENV, TRANSPORT } from './config'
import { type Words, wordsFor } from './i18n/index'

/** What a page finds with `getApp<IAppOption>().globalData`. */
export interface IAppOption {
  globalData: {
    auth: Auth
    /** The one owner of WeChat's privacy question; a privacy-sheet on the page shows it. */
    privacy: Privacy
    words: Words
    /** "Not now" was tapped: nobody is asked again until the next launch. */
    notNow: boolean
  }
}

// Absent below base library 2.2.3: then every call answers MISCONFIGURED, and says why.
wx.cloud?.init(CLOUD_ENV === '' ? {} : { env: CLOUD_ENV })

const auth = createAuth({ functionName: AUTH_FUNCTION, transport: TRANSPORT, baseUrl: BASE_URL })

// `getAppBaseInfo` is there from 2.20.1.
const { language } = typeof wx.getAppBaseInfo === 'function' ? wx.getAppBaseInfo() : wx.getSystemInfoSync()

App<IAppOption>({
  globalData: { auth, privacy: createPrivacy(), words: wordsFor(language), notNow: false },
  onLaunch() {
    void auth.resume()
  },
})
