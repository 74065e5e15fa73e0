// What a mini-program may ask about the handset it runs on.

import { invoke } from './invoke'
import type { Runtime } from './runtime'

const WECHAT_VERSION = '8.0.66'

/** A handset of the size designers draw for, CSS pixels. */
const SCREEN = { width: 375, height: 812, statusBar: 44, homeBar: 34, pixelRatio: 3 }

const SYSTEMS = { ios: 'iOS 18.5', android: 'Android 15', devtools: 'iOS 18.5' } as const

export function createInfo(runtime: Runtime) {
  const { profile } = runtime.port
  const { appid, envVersion, language, libVersion, model, platform, theme } = profile
  const brand = platform === 'android' ? 'HUAWEI' : platform === 'ios' ? 'iPhone' : 'devtools'

  const getAppBaseInfo = () => ({
    SDKVersion: libVersion,
    version: WECHAT_VERSION,
    language,
    theme,
    enableDebug: false,
    fontSizeScaleFactor: 1,
    fontSizeSetting: 16,
    host: { appId: appid, env: 'WeChat', version: WECHAT_VERSION },
  })
  const getDeviceInfo = () => ({
    abi: 'arm64-v8a',
    deviceAbi: 'arm64-v8a',
    benchmarkLevel: 30,
    brand,
    model,
    system: SYSTEMS[platform],
    platform,
    cpuType: 'unknown',
    memorySize: '6144',
  })
  const getWindowInfo = () => ({
    pixelRatio: SCREEN.pixelRatio,
    screenWidth: SCREEN.width,
    screenHeight: SCREEN.height,
    windowWidth: SCREEN.width,
    windowHeight: SCREEN.height - SCREEN.statusBar,
    statusBarHeight: SCREEN.statusBar,
    screenTop: SCREEN.statusBar,
    safeArea: {
      left: 0,
      right: SCREEN.width,
      top: SCREEN.statusBar,
      bottom: SCREEN.height - SCREEN.homeBar,
      width: SCREEN.width,
      height: SCREEN.height - SCREEN.homeBar - SCREEN.statusBar,
    },
  })
  const getSystemSetting = () => ({
    bluetoothEnabled: true,
    locationEnabled: true,
    wifiEnabled: runtime.network.online,
    deviceOrientation: 'portrait',
  })
  /** The old API that tells everything at once. */
  const getSystemInfoSync = () => ({
    ...getAppBaseInfo(),
    ...getDeviceInfo(),
    ...getWindowInfo(),
    ...getSystemSetting(),
  })
  return {
    /** https://developers.weixin.qq.com/miniprogram/dev/api/open-api/account-info/wx.getAccountInfoSync.html */
    getAccountInfoSync: () => ({ miniProgram: { appId: appid, envVersion, version: '' } }),
    getAppBaseInfo,
    getDeviceInfo,
    getWindowInfo,
    getSystemSetting,
    getSystemInfoSync,
    getSystemInfo: (given?: unknown) => invoke(runtime, 'getSystemInfo', given, async () => getSystemInfoSync()),
  }
}
