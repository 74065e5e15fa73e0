// Faces that WeChat keeps for its users: fetched from its own servers, and from nowhere else.
import { Refusal } from '../core/errors'
import type { Weixin } from '../core/ports'
import type { FullEnvironment } from './environment'
import { httpsBytes } from './https-bytes'

/** thirdwx.qlogo.cn, wx.qlogo.cn, mmbiz.qpic.cn: a name of anybody else's never ends like that. */
const SERVERS = /^[\w-]+\.(qlogo|qpic)\.cn$/

export const createFaces =
  ({ environment }: { environment: Pick<FullEnvironment, 'apiBase' | 'isEmulated'> }): Weixin['face'] =>
  async (address, { maxBytes, signal }) => {
    const place = placeOf(address)
    if (place === undefined) return undefined
    // A proxy before api.weixin.qq.com has no faces; an emulator stands for WeChat's other servers too.
    const url = environment.isEmulated() ? `${environment.apiBase()}${place.pathname}` : place.href
    const { status, bytes } = await httpsBytes(url, { signal, maxBytes }).answer.catch((cause: unknown) => {
      const detail = cause instanceof Error ? cause.message : 'no answer'
      throw new Refusal('WECHAT_BUSY', 'the face could not be had from WeChat', { detail })
    })
    return status === 200 ? bytes : undefined
  }

const placeOf = (address: string): URL | undefined => {
  try {
    const place = new URL(address)
    // Old addresses begin with http; the servers speak https as well.
    place.protocol = 'https:'
    return SERVERS.test(place.hostname) && place.port === '' && place.username === '' ? place : undefined
  } catch {
    return undefined
  }
}
