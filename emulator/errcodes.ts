// The errcodes of WeChat with their texts: the only place a number is given words.

import { randomBytes } from 'node:crypto'

/** Open API texts as they are seen in answers. https://developers.weixin.qq.com/miniprogram/dev/server/API/user-login/api_code2session */
const OPEN_API_TEXTS: Readonly<Record<number, string>> = {
  [-1]: 'system error',
  1: 'data not exit',
  40001: 'invalid credential, access_token is invalid or not latest',
  40002: 'invalid grant_type',
  40003: 'invalid openid',
  40004: 'invalid media type',
  40013: 'invalid appid',
  40014: 'invalid access_token',
  40029: 'invalid code',
  40066: 'invalid url',
  40097: 'invalid args',
  40129: 'invalid scene',
  40125: 'invalid appsecret',
  40163: 'code been used',
  40164: 'invalid ip, not in whitelist',
  40226: 'code blocked',
  41001: 'access_token missing',
  41002: 'appid missing',
  41004: 'appsecret missing',
  41008: 'missing code',
  42001: 'access_token expired',
  43001: 'require GET method',
  43002: 'require POST method',
  43104: 'appid does not match the openid',
  44002: 'empty post data',
  44991: 'reach max api minute limit',
  45009: 'reach max api daily quota limit',
  45011: 'api minute-quota reach limit  mustslower  retry next minute',
  47001: 'data format error',
  48001: 'api unauthorized',
  61010: 'code is expired',
  87007: 'session_key is not existd or expired',
  87008: 'invalid sig_method',
  87009: 'invalid signature',
  87020: 'the same media is being checked',
}

/** Cloud texts. https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference/errcode */
const CLOUD_TEXTS: Readonly<Record<number, string>> = {
  [-401002]: 'api parameter error',
  [-401003]: 'api parameter type error',
  [-404005]: 'exceed max poll retry',
  [-404010]: 'polling exceed timeout',
  [-404011]: 'cloud function execution error',
  [-404012]: 'polling exceed max timeout retry',
  [-501000]: 'FunctionName parameter could not be found',
  [-501001]: 'resource system error',
  [-501002]: 'resource server timeout',
  [-501003]: 'exceed request limit',
  [-501004]: 'exceed concurrent request limit',
  [-501005]: 'invalid env',
  [-501007]: 'invalid parameters',
  [-501023]: 'permission denied',
  [-502001]: 'database request fail',
  [-502003]: 'database permission denied',
  [-502005]: 'database collection not exists',
  [-503001]: 'storage request fail',
  [-503002]: 'storage permission denied',
  [-503003]: 'storage file not exists',
  [-504001]: 'functions request fail',
  [-504002]: 'functions execute fail',
  [-504003]: 'Invoking task timed out',
  [-601018]: 'no permission to call this API',
  [-601034]: '没有权限，请先开通云开发或者云托管',
  [-602001]: 'database query size exceed limit',
  [-604001]: 'response data size exceed limit',
  [-604100]: 'API not found',
  [-604101]: 'function has no permission to call this API',
  [-604102]: 'api call timeout',
  [-604103]: 'api system error',
  [-604104]: 'illegal invoke source',
}

export const isKnownErrcode = (errcode: number): boolean => errcode in OPEN_API_TEXTS || errcode in CLOUD_TEXTS

/** The text of an errcode; of one nobody knows, the number itself. */
export const textOf = (errcode: number): string =>
  OPEN_API_TEXTS[errcode] ?? CLOUD_TEXTS[errcode] ?? `errcode ${errcode}`

/** A refusal of api.weixin.qq.com. */
export class WeixinError extends Error {
  override readonly name = 'WeixinError'
  constructor(readonly errcode: number) {
    super(textOf(errcode))
  }
}

/** The request id that ends an errmsg: its first group is the Unix time in hex. */
export const rid = (now: number): string =>
  [Math.floor(now / 1000).toString(16), randomBytes(4).toString('hex'), randomBytes(4).toString('hex')].join('-')
