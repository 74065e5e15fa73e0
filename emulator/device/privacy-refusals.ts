// How an API fails for the sake of privacy.

import type { DeviceFailure } from './port'

/** https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html */
const REFUSALS = {
  undeclared: { errMsg: 'fail api scope is not declared in the privacy agreement', errno: 112 },
  refused: { errMsg: 'fail privacy permission is not authorized', errno: 104 },
  /** Less than ten seconds after a refusal. */
  silent: { errMsg: 'fail privacy permission is not authorized in gap', errno: 104 },
} as const satisfies Record<string, DeviceFailure>

/** The errMsg is to be completed with the API's name. */
export const privacyRefusal = (why: keyof typeof REFUSALS): DeviceFailure => REFUSALS[why]
