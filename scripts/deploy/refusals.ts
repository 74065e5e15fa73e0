// Each failure of miniprogram-ci as one line: what it means, and what to do.
// Its words and codes were read in its source; what WeChat's servers answer, in what others were answered.

import { openMiniProgram } from '../gate/mini-program'
import { placeOfRefusal } from '../gate/official-places'
import { MISSING_FUNCTION } from './deliver'
import type { Failure, Order } from './order'

const CI_PAGE = 'mp.weixin.qq.com → 开发管理 → 开发设置 → 小程序代码上传'

/** miniprogram-ci's own codes of a project that does not compile. */
const isCompileError = (code: string): boolean => /^(100[03-9]\d|20000)$/.test(code)
const SIGNATURE_FAILED = '20002'

interface Meaning {
  when: RegExp
  line: (words: string, order: Order) => string
}

const MEANINGS: readonly Meaning[] = [
  {
    when: /invalid ip/i,
    line: (words) => {
      const ip = /invalid ip:? *([0-9a-f.:]+[0-9a-f])/i.exec(words)?.[1]
      return `WeChat does not accept ${ip ?? 'the address of this machine'}: add it under ${CI_PAGE} → IP白名单 (it may change with your network)`
    },
  },
  {
    when: /get new ticket fail|invalid signature|signature (?:error|fail|invalid)|-80002/i,
    line: (_words, { appid }) =>
      `WeChat does not accept the upload key for ${appid}: it is another mini-program’s, or was reset; make a new one under ${CI_PAGE}`,
  },
  {
    when: /invalid appid|appid (?:mismatch|error|is invalid|not match)|40013/i,
    line: (_words, { appid }) =>
      `WeChat does not know ${appid}, or the key is not its key: compare "appid" in project.config.json with 开发管理 → 开发设置 → 开发者ID`,
  },
  {
    when: /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ESOCKETTIMEDOUT|EHOSTUNREACH|ENETUNREACH|tunneling socket|socket hang up|certificate/i,
    line: (words) =>
      `servicewechat.com or tencentcloudapi.com could not be reached (${/\bE[A-Z_]{4,}\b/.exec(words)?.[0] ?? 'network'}): check the network; behind a proxy set HTTPS_PROXY`,
  },
  {
    when: new RegExp(MISSING_FUNCTION),
    line: (_words, { env }) =>
      `it does not exist in ${env}, and miniprogram-ci would make it with Node.js 8.9, on which it does not start: make it once, DevTools → 云开发 → 云函数 → 新建云函数, 运行环境 Node.js 16 or later, then deploy again`,
  },
  {
    when: /env not found/i,
    line: (_words, { env, appid }) =>
      `${appid} has no cloud environment ${env}: copy the id (环境 ID, not the name) from DevTools → 云开发 → 设置`,
  },
  {
    when: /ongoing update/i,
    line: () => 'another upload of it is still under way: wait a minute, then deploy again',
  },
  {
    when: /waiting for function to deploy/i,
    line: () =>
      'the cloud did not finish installing within 15 minutes: look at its 状态 under 云开发 → 云函数, then deploy again',
  },
  {
    when: /exceed|too large|source size|超过/i,
    line: (words) => `it is too large for WeChat (${firstLine(words)}): npm run gate weighs it`,
  },
  {
    when: /NO_CLOUD_MANAGE_PERMISSION|UnauthorizedOperation|permission/i,
    line: (words) =>
      `the key may not manage the cloud of this mini-program (${firstLine(words)}): the cloud must be its own`,
  },
  {
    when: /timer not set/,
    line: () =>
      'WeChat did not accept the timer: compare "triggers" in config.json with the seven fields of its cron; or DevTools → right-click the function → 上传触发器',
  },
]

/** One line for a failure; never holds a piece of the key. */
export const explain = (failure: Failure, order: Order, key: string): string => {
  const words = failure.message
  if (failure.code === SIGNATURE_FAILED) {
    return `${order.keyFile} is not a key that signs: download it again under ${CI_PAGE} → 小程序代码上传密钥`
  }
  if (isCompileError(failure.code)) return compileLine(failure, order)
  const meaning = MEANINGS.find(({ when }) => when.test(words))
  const line = meaning?.line(words, order) ?? `WeChat’s tool said: ${firstLine(words)}`
  return hideKey(line, key)
}

const compileLine = (failure: Failure, { project }: Order): string => {
  const { file, line, column, message } = placeOfRefusal(openMiniProgram(project), failure)
  return `it does not compile: ${file}:${line}:${column}: ${message} (npm run gate shows all)`
}

const firstLine = (words: string): string => (words.trim().split('\n')[0] ?? '').slice(0, 300)

/** Takes a private key, and every line of this one, out of a text. */
export const hideKey = (text: string, key: string): string => {
  const pieces = key.split(/\s+/).filter((piece) => piece.length >= 16 && !piece.startsWith('-----'))
  const withoutBlocks = text.replaceAll(/-----BEGIN[^-]*-----[\s\S]*?-----END[^-]*-----/g, '[key]')
  return pieces.reduce((shown, piece) => shown.replaceAll(piece, '[key]'), withoutBlocks)
}
