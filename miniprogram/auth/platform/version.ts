// Which base library this is.

/** `at least` for versions like `2.21.3`; https://developers.weixin.qq.com/miniprogram/dev/framework/compatibility.html */
export const atLeast = (version: string, wanted: string): boolean => {
  const [have, want] = [version, wanted].map((text) => text.split('.').map(Number)) as [number[], number[]]
  for (let i = 0; i < want.length; i += 1) {
    const difference = (have[i] ?? 0) - (want[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

/** `getAppBaseInfo` is there from 2.20.1; before it, one call told everything. */
export const sdkVersion = (device: WechatMiniprogram.Wx): string =>
  typeof device.getAppBaseInfo === 'function'
    ? device.getAppBaseInfo().SDKVersion
    : device.getSystemInfoSync().SDKVersion
