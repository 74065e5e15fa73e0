// Which base library this is.

/** Every part is below 1000. */
const rank = (version: string): number => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return (major * 1000 + minor) * 1000 + patch
}

/** For versions like `2.21.3`; https://developers.weixin.qq.com/miniprogram/dev/framework/compatibility.html */
export const atLeast = (version: string, wanted: string): boolean => rank(version) >= rank(wanted)
/** `getAppBaseInfo` is there from 2.20.1; before it, one call told everything. */
export const sdkVersion = (device: WechatMiniprogram.Wx): string =>
  typeof device.getAppBaseInfo === 'function'
    ? device.getAppBaseInfo().SDKVersion
    : device.getSystemInfoSync().SDKVersion
