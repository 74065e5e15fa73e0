// Calls our function through wx.cloud.callFunction.
import type { Call, CallEvent, Envelope } from '../../../typings/contract'
import { authError } from '../core/errors'
import type { Transport } from '../core/ports'
import { asWxFailure, cloudFailure } from './err-msg'

const isEnvelope = (value: unknown): value is Envelope =>
  typeof value === 'object' &&
  value !== null &&
  'ok' in value &&
  (value.ok === true ? 'data' in value : value.ok === false && 'error' in value)

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/functions/Cloud.callFunction.html */
export const createCloudTransport = (device: WechatMiniprogram.Wx, functionName: string): Transport => ({
  send: <K extends Call>(event: CallEvent<K>) =>
    new Promise<Envelope<K>>((resolve, reject) => {
      if (!device.cloud) {
        reject(authError('MISCONFIGURED', 'wx.cloud is missing: the base library is below 2.2.3'))
        return
      }
      device.cloud.callFunction({
        name: functionName,
        data: event,
        success: ({ result }) => {
          if (isEnvelope(result)) resolve(result as Envelope<K>)
          else
            reject(
              authError('INTERNAL', `function ${functionName} answered something that is no envelope: is it ours?`),
            )
        },
        fail: (failure) => reject(cloudFailure(asWxFailure(failure), functionName)),
      })
    }),
})
