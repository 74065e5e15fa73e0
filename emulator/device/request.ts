// wx.request and wx.uploadFile: HTTPS in the name of the mini-program.

import { toBase64 } from './base64'
import { bufferOf } from './files'
import { inTime } from './in-time'
import type { Options } from './invoke'
import { type Runtime, WxFailure } from './runtime'
import { runTask } from './task'

export const REQUESTS_SINCE: Readonly<Record<string, string>> = { request: '1.0.0', uploadFile: '1.0.0' }

/** `networkTimeout` of app.json where it says nothing. */
const TIMEOUT_MS = 60_000
const TIMEOUT_OPTION_SINCE = '2.10.0'
const METHODS = ['OPTIONS', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'TRACE', 'CONNECT']

/** What the emulator answers an exchange with; the body as text, or as base64 where bytes were asked for. */
interface HttpAnswer {
  statusCode: number
  header: Record<string, string>
  cookies: string[]
  text?: string
  base64?: string
  /** Bytes of the request's body. */
  sent: number
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/network/request/wx.request.html */
export function createRequests(runtime: Runtime) {
  const { env, network } = runtime
  const limit = ({ timeout }: Options): unknown =>
    runtime.atLeast(TIMEOUT_OPTION_SINCE) && timeout !== undefined ? timeout : TIMEOUT_MS
  const ask = async (op: string, options: Options, args: object): Promise<HttpAnswer> => {
    const answer = await inTime(env, limit(options), network.ask(op, args).catch(named))
    return answer as HttpAnswer
  }
  return {
    /** Any status is a success; only what kept the answer from coming is a failure. */
    request: (given?: unknown) =>
      runTask(runtime, 'request', given, async (options, { headers }) => {
        const { dataType = 'json', responseType = 'text' } = options
        const answer = await ask('request', options, { ...requestOf(options), responseType })
        headers(answer.header)
        const { statusCode, header, cookies, text = '', base64 } = answer
        const data = base64 === undefined ? (dataType === 'json' ? parsed(text) : text) : bufferOf(base64)
        return { data, statusCode, header, cookies }
      }),
    /** The answer's body is text, whatever it holds. */
    uploadFile: (given?: unknown) =>
      runTask(runtime, 'uploadFile', given, async (options, { headers, progress }) => {
        const { formData = {} } = options
        const args = {
          url: urlOf(options),
          filePath: textOf(options, 'filePath'),
          name: textOf(options, 'name'),
          header: headerOf(options),
          formData: fieldsOf(formData),
        }
        const { statusCode, header, text = '', sent } = await ask('wx.uploadFile', options, args)
        progress(sent, sent)
        headers(header)
        return { data: text, statusCode }
      }),
  }
}

/** The radio's failure says `request:fail …` already; here the API's own name stands in front. */
const named = (error: unknown): never => {
  if (!(error instanceof WxFailure)) throw error
  const { errMsg } = error.failure
  throw new WxFailure({ ...error.failure, errMsg: errMsg.replace(/^fail request:fail /, 'fail ') })
}

function requestOf(options: Options) {
  const { method = 'GET', data } = options
  if (typeof method !== 'string' || !METHODS.includes(method.toUpperCase()))
    throw new WxFailure({ errMsg: `fail invalid request method ${String(method)}` })
  const header = headerOf(options)
  const typed = { 'content-type': 'application/json', ...header }
  const url = urlOf(options)
  const verb = method.toUpperCase()
  if (verb === 'GET' || verb === 'HEAD') return { url: withQuery(url, data), method: verb, header: typed }
  return { url, method: verb, header: typed, ...bodyOf(data, String(typed['content-type'])) }
}

function bodyOf(data: unknown, type: string): { text?: string; base64?: string } {
  if (data === undefined || data === null) return {}
  if (typeof data === 'string') return { text: data }
  if (Object.prototype.toString.call(data) === '[object ArrayBuffer]')
    return { base64: toBase64(new Uint8Array(data as ArrayBuffer)) }
  return { text: type.includes('application/x-www-form-urlencoded') ? queryOf(data) : JSON.stringify(data) }
}

const queryOf = (data: object): string =>
  Object.entries(data)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(plain(value))}`)
    .join('&')

function withQuery(url: string, data: unknown): string {
  const query = typeof data === 'string' ? data : typeof data === 'object' && data !== null ? queryOf(data) : ''
  if (query === '') return url
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}

function headerOf({ header = {} }: Options): Record<string, string> {
  if (typeof header !== 'object' || header === null) throw new WxFailure({ errMsg: 'fail header should be an object' })
  const named = Object.entries(header).map(([name, value]) => [name.toLowerCase(), plain(value)] as const)
  // WeChat writes this one itself.
  return Object.fromEntries(named.filter(([name]) => name !== 'referer'))
}

function fieldsOf(formData: unknown): Record<string, string> {
  if (typeof formData !== 'object' || formData === null) return {}
  return Object.fromEntries(Object.entries(formData).map(([name, value]) => [name, plain(value)]))
}

const plain = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

function urlOf(options: Options): string {
  const url = textOf(options, 'url')
  if (!/^https?:\/\/[^/]/.test(url)) throw new WxFailure({ errMsg: `fail invalid url "${url}"`, errno: 600_009 })
  return url
}

function textOf(options: Options, name: string): string {
  const value = options[name]
  if (typeof value === 'string' && value !== '') return value
  throw new WxFailure({ errMsg: `fail parameter error: parameter.${name} should be a non-empty String` })
}

/** What cannot be parsed stays text, as on the device. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
