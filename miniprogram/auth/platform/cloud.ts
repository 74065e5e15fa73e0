// Calls our function through wx.cloud.callFunction.
import type { Call, CallEvent, Envelope } from '../../../typings/contract'
import { authError } from '../core/errors'
import type { Transport } from '../core/ports'
import { isEnvelope } from './envelope'
import { cloudFailure } from './err-msg'

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/functions/Cloud.callFunction.html */
export const createCloudTransport = (device: WechatMiniprogram.Wx, nameOf: (call: string) => string): Transport => ({
  send: async <K extends Call>(event: CallEvent<K>) => {
    if (!device.cloud) throw authError('MISCONFIGURED', 'no wx.cloud below library 2.2.3')
    const name = nameOf(event.call)
    return new Promise<Envelope<K>>((resolve, reject) => {
      device.cloud.callFunction({
        name,
        data: event,
        success: ({ result }) => {
          if (isEnvelope(result)) resolve(result as Envelope<K>)
          else reject(authError('INTERNAL', `${name} gave no envelope: is it ours?`))
        },
        fail: (failure) => reject(cloudFailure(failure, name)),
      })
    })
  },
})
