// wx.request and wx.uploadFile on their way to a server: only the emulator's own addresses are on the domain list.

import { randomBytes } from 'node:crypto'
import { HttpRefusal } from '../guard'
import type { HttpAccess } from '../http/http-access'
import { refusalReply } from '../http/reply'
import { DeviceRefusal } from '../stage'
import type { State } from '../state'
import { typeOf } from '../state/file-path'
import type { Owner } from '../state/flash'
import { type Args, type Operations, record, text } from './operation'

export interface RequestPorts {
  tempFiles: State['tempFiles']
  /** `http://127.0.0.1:PORT` */
  origin(): string
  /** The public door to functions. */
  http: HttpAccess
}

/** Where requests of a mini-program may go; nothing else of the emulator is on the public internet. */
const PUBLIC = '/http'

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const NOT_ON_THE_LIST = 600_002
const INVALID_URL = 600_009

interface Exchange {
  method: string
  url: URL
  header: Readonly<Record<string, string>>
  body?: Buffer | undefined
}

export function createRequestOperations({ tempFiles, origin, http }: RequestPorts): Operations {
  const target = (api: string, url: string): URL => {
    const refuse = (why: string, errno: number) => new DeviceRefusal({ errMsg: `${api}:fail ${why}`, errno })
    let parsed: URL
    try {
      parsed = new URL(url)
    } catch {
      throw refuse(`invalid url "${url}"`, INVALID_URL)
    }
    const { port } = new URL(origin())
    const isOurs = parsed.protocol === 'http:' && [`127.0.0.1:${port}`, `localhost:${port}`].includes(parsed.host)
    if (!isOurs || !parsed.pathname.startsWith(`${PUBLIC}/`))
      throw refuse(
        `url not in domain list: the emulator reaches ${origin()}${PUBLIC}/ and nothing else`,
        NOT_ON_THE_LIST,
      )
    return parsed
  }
  /** As WeChat marks the requests of a mini-program. https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html */
  const signed = ({ appid }: Owner, header: unknown): Record<string, string> => ({
    ...(record(header) as Record<string, string>),
    referer: `https://servicewechat.com/${appid}/devtools/page-frame.html`,
    'user-agent': 'Mozilla/5.0 MicroMessenger/8.0.66 MiniProgramEnv',
  })
  /** Any status is an answer. The cloud is that of the mini-program which asks. */
  const exchange = async ({ account, appid }: Owner, { method, url, header, body = Buffer.alloc(0) }: Exchange) => {
    const path = url.pathname.slice(PUBLIC.length)
    const sent = { method, path, query: url.searchParams, headers: header, body, app: appid, account }
    const reply = await http.answer(sent).catch((error: unknown) => {
      if (error instanceof HttpRefusal) return refusalReply(error)
      throw error
    })
    const cookie = reply.headers['set-cookie']
    return {
      statusCode: reply.status,
      header: { ...reply.headers },
      cookies: cookie === undefined ? [] : [cookie],
      bytes: Buffer.from(reply.body),
      sent: body.length,
    }
  }
  return {
    request: {
      to: 'wx',
      api: 'request',
      async run(owner, args) {
        const { text: typed, base64, responseType } = args
        const body =
          typeof typed === 'string'
            ? Buffer.from(typed)
            : typeof base64 === 'string'
              ? Buffer.from(base64, 'base64')
              : undefined
        const url = target('request', text(args, 'url'))
        const header = signed(owner, args['header'])
        const { bytes, ...rest } = await exchange(owner, { method: text(args, 'method'), url, header, body })
        return responseType === 'arraybuffer'
          ? { ...rest, base64: bytes.toString('base64') }
          : { ...rest, text: bytes.toString('utf8') }
      },
      shown: {
        request: ({ base64, ...rest }) => (base64 === undefined ? rest : { ...rest, base64: lengthOf(base64) }),
        reply: withoutBytes,
      },
    },
    'wx.uploadFile': {
      op: 'uploadFile',
      to: 'wx',
      api: 'uploadFile',
      async run(owner, args) {
        const url = target('uploadFile', text(args, 'url'))
        const path = text(args, 'filePath')
        const file = tempFiles.get(owner, path)
        if (file === undefined) throw new DeviceRefusal({ errMsg: `uploadFile:fail file doesn't exist: ${path}` })
        const boundary = `----WebKitFormBoundary${randomBytes(8).toString('hex')}`
        const fields = record(args['formData'])
        const body = multipart(boundary, fields, { name: text(args, 'name'), path, bytes: file })
        const header = {
          ...signed(owner, args['header']),
          'content-type': `multipart/form-data; boundary=${boundary}`,
        }
        const { bytes, ...rest } = await exchange(owner, { method: 'POST', url, header, body })
        return { ...rest, text: bytes.toString('utf8') }
      },
    },
  }
}

/** https://www.rfc-editor.org/rfc/rfc7578 */
function multipart(
  boundary: string,
  fields: Args,
  { name, path, bytes }: { name: string; path: string; bytes: Buffer },
): Buffer {
  const quoted = (value: string) => value.replace(/["\r\n]/g, (found) => encodeURIComponent(found))
  const part = (about: string) => `--${boundary}\r\nContent-Disposition: form-data; ${about}\r\n`
  const texts = Object.entries(fields).map(
    ([field, value]) => `${part(`name="${quoted(field)}"`)}\r\n${String(value)}\r\n`,
  )
  const filename = path.replace(/^.*\//, '')
  const head = `${part(`name="${quoted(name)}"; filename="${quoted(filename)}"`)}Content-Type: ${typeOf(filename)}\r\n\r\n`
  return Buffer.concat([Buffer.from(texts.join('') + head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)])
}

const lengthOf = (text: unknown): string => `(${String(text).length} characters of base64)`

const withoutBytes = (value: unknown): unknown => {
  const { base64, ...rest } = Object(value) as Record<string, unknown>
  return base64 === undefined ? rest : { ...rest, base64: lengthOf(base64) }
}
