// WeChat's open interfaces as cloud calls: the SDK asks in the name of whoever is calling, no token needed.
// https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/guide/openapi/openapi.html
import { Refusal } from '../core/errors'
import type { Clock, CloudApi } from '../core/ports'
import { isObject } from '../core/shape'
import type { CloudSdk } from './cloud-sdk'
import { IMAGE, PROFILE_SCENE } from './token-api'
import { type Api, refusalOf } from './weixin-errcodes'

export const createCloudApi = (
  { sdk, clock }: { sdk: Pick<CloudSdk, 'openapi' | 'getOpenData'>; clock: Clock },
  { functionName }: { functionName: string },
): CloudApi => {
  const refused = (api: Api, failure: unknown): Refusal => {
    const { errCode, errMsg } = isObject(failure) ? failure : {}
    if (typeof errCode !== 'number') return new Refusal('INTERNAL', `${api} failed without an errCode`)
    const rid = typeof errMsg === 'string' ? /rid: ([0-9a-f-]{8,40})/.exec(errMsg)?.[1] : undefined
    return refusalOf(api, errCode, rid, { now: clock.now(), functionName })
  }
  const asked = async (api: Api, operation: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await operation()
    } catch (failure) {
      throw refused(api, failure)
    }
  }
  return {
    phoneInfo: async (code) => {
      const api = 'cloud.openapi.phonenumber.getPhoneNumber'
      const reply = await asked(api, () => sdk.openapi.phonenumber.getPhoneNumber({ code: code.reveal() }))
      return isObject(reply) ? reply['phoneInfo'] : undefined
    },
    checkText: async ({ text, openid }) => {
      const question = { content: text, version: 2, scene: PROFILE_SCENE, openid: openid.reveal() }
      const reply = await asked('cloud.openapi.security.msgSecCheck', () => sdk.openapi.security.msgSecCheck(question))
      return isObject(reply) ? reply['result'] : undefined
    },
    checkPicture: async ({ url, openid }) => {
      const about = { mediaUrl: url, mediaType: IMAGE, version: 2, scene: PROFILE_SCENE, openid: openid.reveal() }
      const reply = await asked('cloud.openapi.security.mediaCheckAsync', () =>
        sdk.openapi.security.mediaCheckAsync(about),
      )
      return isObject(reply) ? reply['traceId'] : undefined
    },
    openData: async (cloudID) => {
      const api = 'cloud.getOpenData'
      const reply = await asked(api, () => sdk.getOpenData({ list: [cloudID.reveal()] }))
      const list = isObject(reply) ? reply['list'] : undefined
      const item: unknown = Array.isArray(list) ? list[0] : undefined
      // A cloudID that does not hold is an answer in the list, not a failure of the call.
      if (isObject(item) && typeof item['errCode'] === 'number' && item['errCode'] !== 0) throw refused(api, item)
      return isObject(item) ? item['data'] : undefined
    },
  }
}
