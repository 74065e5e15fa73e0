// Calls our function over HTTPS, through wx.request.
import type { Call, CallEvent, Envelope } from '../../../typings/contract'
import { authError } from '../core/errors'
import type { Transport } from '../core/ports'
import { isEnvelope } from './envelope'
import { requestFailure, statusFailure } from './err-msg'

interface HttpsOptions {
  /** Where the calls are: `https://example.com/api`, for `https://example.com/api/auth`. */
  baseUrl: string | undefined
  /** WeChat gives a request 60 s, and ten at a time: one that nobody waits for any more must not hold a place. */
  timeoutMs: number
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html */
export const createHttpsTransport = (
  device: WechatMiniprogram.Wx,
  { baseUrl, timeoutMs }: HttpsOptions,
): Transport => ({
  send: async <K extends Call>({ token, ...event }: CallEvent<K>) => {
    if (!baseUrl) throw authError('MISCONFIGURED', "no baseUrl for transport 'https'")
    const url = `${baseUrl.replace(/\/+$/, '')}/auth`
    return new Promise<Envelope<K>>((resolve, reject) => {
      device.request({
        url,
        method: 'POST',
        data: event,
        header: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        timeout: timeoutMs,
        // Whatever the status: a refusal of ours is an envelope too, and says more.
        success: ({ data, statusCode }) => {
          if (isEnvelope(data)) resolve(data as Envelope<K>)
          else reject(statusFailure(statusCode, url))
        },
        fail: (failure) => reject(requestFailure(failure, url)),
      })
    })
  },
})
