// The open API as functions call it without a token: what is declared, what there is, what it answers.
import { WeixinError } from '../errcodes'
import { checkMedia, checkText } from '../open-api/content-checks'
import { redeemPhoneCode } from '../open-api/phone'
import type { Invocation } from '../ports'
import type { State } from '../state'
import type { Clock } from '../types'
import { notEmulated } from './errors'
import { gatewayRefusal, jsonReply, type OpenApiCall, openDataReply, readCall } from './open-api-wire'

/** A refusal before the open API itself is asked; `errorCode` is what the SDK reads. */
export class GatewayRefusal extends Error {
  override readonly name = 'GatewayRefusal'
  constructor(readonly errCode: number) {
    super(`refused with ${errCode}`)
  }
}

export interface OpenApiStep {
  /** Name of the hop: `phonenumber.getPhoneNumber`, `getOpenData`. */
  op: string
  request: unknown
  /** The answer for the trace, and as the SDK wants it. Throws WeixinError or GatewayRefusal. */
  run(): { told: object; bytes: Buffer }
}

export interface OpenApiCalls {
  /** Throws WireError for bytes that are no call. */
  prepare(apiName: string, requestData: Buffer, invocation: Invocation): OpenApiStep
  /** A refusal as bytes; undefined when it is none of the open API's. */
  refusal(error: unknown): Buffer | undefined
  /** What a fault with this errcode throws. */
  refuse(errcode: number): Error
}

/** Groups of APIs that WeChat has and this emulator has not: never told to be unknown to WeChat. */
const ELSEWHERE = new Set([
  ...['security', 'riskControl', 'wxacode', 'urlscheme', 'urllink', 'img', 'ocr', 'search', 'operation', 'analysis'],
  ...['subscribeMessage', 'customerServiceMessage', 'uniformMessage', 'updatableMessage', 'templateMessage'],
])

type Method = (appid: string, fields: Readonly<Record<string, unknown>>) => object

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/guide/openapi/openapi */
export function createOpenApiCalls(ports: { state: State; clock: Clock }): OpenApiCalls {
  const methods: Readonly<Record<string, Method>> = {
    'phonenumber.getPhoneNumber': (appid, fields) => redeemPhoneCode(ports, appid, fields),
    'security.msgSecCheck': (appid, fields) => checkText(ports, appid, fields),
    'security.mediaCheckAsync': (appid, fields) => checkMedia(ports, appid, fields),
  }

  const callMethod = (name: string, { appid, fields }: Extract<OpenApiCall, { kind: 'openapi' }>, by: Invocation) => {
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined
    if (method === undefined && ELSEWHERE.has(name.split('.')[0] ?? ''))
      throw notEmulated(`the action wx.openApi (${name})`)
    if (method === undefined) throw new GatewayRefusal(-604100)
    if (!by.permissions.includes(name)) throw new GatewayRefusal(-604101)
    if (by.openid === undefined && !by.source.startsWith('wx_trigger')) throw new GatewayRefusal(-604104)
    // Another app's interfaces need an authorisation that nobody can give here.
    if (appid !== '' && appid !== by.appid) throw new GatewayRefusal(-601018)
    return method(by.appid, fields)
  }
  const getOpenData = (cloudIDs: readonly string[], { account, appid }: Invocation) =>
    cloudIDs.map((cloudID) => ports.state.cloudIDs.open(cloudID, { account, appid }))

  return {
    prepare(apiName, requestData, invocation) {
      const call = readCall(requestData)
      if (call.kind === 'openapi') {
        const run = () => {
          const told = callMethod(apiName, call, invocation)
          return { told, bytes: jsonReply(told) }
        }
        return { op: apiName, request: call.fields, run }
      }
      const run = () => {
        const list = getOpenData(call.cloudIDs, invocation)
        return { told: { list }, bytes: openDataReply(list) }
      }
      return { op: 'getOpenData', request: { list: call.cloudIDs }, run }
    },
    refusal(error) {
      if (error instanceof GatewayRefusal) return gatewayRefusal(error.errCode)
      if (error instanceof WeixinError) return jsonReply({ errcode: error.errcode, errmsg: error.message })
      return undefined
    },
    refuse: (errcode) => (errcode < -1 ? new GatewayRefusal(errcode) : new WeixinError(errcode)),
  }
}
