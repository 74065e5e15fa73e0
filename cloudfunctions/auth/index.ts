// The function `auth`: wx.cloud.callFunction, and nothing but wiring.
import { calls } from '../calls/index'
import { createPlatform } from '../platform/index'
import { createServe } from '../serve'

const platform = createPlatform(process.env, { functionName: 'auth' })

export const main = createServe(platform, { calls, transport: 'cloud' })
