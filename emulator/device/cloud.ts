// wx.cloud: init, callFunction, CloudID, files.

import { createCloudFiles } from './cloud-files'
import { CloudID, cloudIDKeys } from './cloud-id'
import { invoke } from './invoke'
import { loud } from './loud'
import { type Runtime, WxFailure } from './runtime'

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/basis/capabilities.html */
const MAX_DATA_CHARACTERS = 100 * 1024
const CLOUD_ID_SINCE = '2.7.0'

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/functions/Cloud.callFunction.html */
export function createCloud(runtime: Runtime): { wx: Readonly<Record<string, unknown>>; enabled(): boolean } {
  let enabled = false
  const guard = (): void => {
    if (!enabled) throw refusal(-1, "Cloud API isn't enabled, please call wx.cloud.init first")
  }
  const callFunction = (given?: unknown) =>
    invoke(runtime, 'cloud.callFunction', given, async ({ name, data = {} }) => {
      guard()
      if (typeof name !== 'string' || name === '')
        throw refusal(-401002, 'parameter error: parameter.name should be a non-empty String')
      if (typeof data !== 'object' || data === null || Array.isArray(data))
        throw refusal(-401003, 'parameter error: parameter.data should be object')
      const keys = cloudIDKeys(data)
      const sent = { name, data: travelling(data), ...(keys.length > 0 ? { cloudIDs: keys } : {}) }
      const answer = await runtime.network.ask('callFunction', sent)
      return typeof answer === 'object' && answer !== null ? answer : {}
    })
  const hasCloudID = runtime.atLeast(CLOUD_ID_SINCE)
  const members = {
    init: () => {
      enabled = true
    },
    callFunction,
    ...createCloudFiles(runtime, guard),
    ...(hasCloudID ? { CloudID } : {}),
  }
  return { wx: loud('wx.cloud', members, new Set(hasCloudID ? [] : ['CloudID'])), enabled: () => enabled }
}

/** What of `data` reaches the function: JSON, at most 100 KB of it. */
function travelling(data: object): unknown {
  let text: string
  try {
    text = JSON.stringify(data)
  } catch {
    throw refusal(-401003, 'parameter error: parameter.data cannot be serialised')
  }
  if (text.length > MAX_DATA_CHARACTERS)
    throw refusal(-401002, `parameter error: parameter.data has ${text.length} characters; 102400 are the limit`)
  return JSON.parse(text)
}

const refusal = (errCode: number, why: string) =>
  new WxFailure({ errCode, errMsg: `fail Error: errCode: ${errCode} | errMsg: ${why}` })
