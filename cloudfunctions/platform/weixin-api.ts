// api.weixin.qq.com, as far as we use it.
import type { Weixin } from '../core/ports'
import { createStableToken } from './access-token'
import { type Code2SessionPorts, createCode2Session } from './code2session'
import { createFaces } from './faces'
import { createTokenApi } from './token-api'

export type WeixinApiPorts = Code2SessionPorts

/** One per process: it keeps the access token. */
export const createWeixinApi = (ports: WeixinApiPorts, options: { functionName: string }): Weixin => ({
  code2Session: createCode2Session(ports, options),
  face: createFaces(ports),
  ...createTokenApi({ ...ports, tokens: createStableToken(ports, options) }, options),
})
