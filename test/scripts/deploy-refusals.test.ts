// Every known failure of miniprogram-ci becomes one clear line that names what to do.

import { join } from 'node:path'
import { MISSING_FUNCTION } from '../../scripts/deploy/deliver'
import type { Failure, Order } from '../../scripts/deploy/order'
import { explain, hideKey } from '../../scripts/deploy/refusals'

const ROOT = join(__dirname, '../..')
const LINE = 'MIIEpAIBAAKCAQEAwJf3nq0V6xFz0l5bQ2mJtXo8'
const KEY = `-----BEGIN RSA PRIVATE KEY-----\n${LINE}\n-----END RSA PRIVATE KEY-----\n`
const ORDER: Order = {
  tools: 'tools',
  project: ROOT,
  clientRoot: 'miniprogram',
  appid: 'wx0123456789abcdef',
  keyFile: 'private.key',
  env: 'prod-1a2b3c',
  functions: [],
  client: { as: 'nothing' },
  desc: '',
  robot: 1,
  setting: {},
}
const said = (message: string, code = '', path = '') => explain({ message, code, path } satisfies Failure, ORDER, KEY)

const FAILURES: [string, string, string, RegExp][] = [
  [
    'an address not on the list',
    'Error: {"errCode":-10008,"errMsg":"invalid ip: 203.0.113.7, reference: https://developers.weixin.qq.com/miniprogram/dev/devtools/ci.html"}',
    '20003',
    /203\.0\.113\.7: add it .*IP白名单/,
  ],
  [
    'a key that does not sign',
    'error:0909006C:PEM routines:get_name:no start line',
    '20002',
    /private\.key is not a key that signs.*小程序代码上传密钥/,
  ],
  [
    'the key of another mini-program',
    'Error: {"errCode":-1,"errMsg":"get new ticket fail: innerCode: -80002"}',
    '20003',
    /does not accept the upload key for wx0123456789abcdef/,
  ],
  ['an unknown AppID', 'Error: errCode: 40013; errMsg: invalid appid', '20001', /does not know wx0123456789abcdef/],
  [
    'no network',
    'Error: getaddrinfo ENOTFOUND servicewechat.com',
    '20001',
    /could not be reached \(ENOTFOUND\).*HTTPS_PROXY/,
  ],
  ['a function that is not there', MISSING_FUNCTION, '', /Node\.js 8\.9.*新建云函数.*Node\.js 16/],
  ['an unknown environment', 'env not found', '', /no cloud environment prod-1a2b3c/],
  [
    'an upload under way',
    "there's another ongoing update, please wait for it to complete and try again later",
    '',
    /wait a minute/,
  ],
  ['an install without an end', 'timeout waiting for function to deploy', '', /15 minutes/],
  [
    'a package too large',
    'Error: {"errCode":80051,"errMsg":"source size 3072KB exceed max limit 2MB"}',
    '20003',
    /too large.*npm run gate/,
  ],
  [
    'a cloud that is not its own',
    'NO_CLOUD_MANAGE_PERMISSION_AUTHORIZED_TO_3RD_PLATFORM',
    '',
    /may not manage the cloud/,
  ],
  [
    'a timer refused',
    'timer not set: 请检查传入的 triggersConfig 是否符合格式',
    '',
    /did not accept the timer.*上传触发器/,
  ],
  [
    'something unheard of',
    'TencentCloud API error: {"Response":{}}\nand more',
    '',
    /^WeChat’s tool said: TencentCloud API error: \{"Response":\{\}\}$/,
  ],
]
test.each(FAILURES)('%s', (_name, message, code, line) => {
  const words = said(message, code)

  expect(words).toMatch(line)
  expect(words).not.toContain('\n')
})

test('a project that does not compile is told by file and line', () => {
  expect(said('file: pages/home/home.ts\n unknown: Unexpected token (3:7)', '10045', 'pages/home/home.ts')).toMatch(
    /does not compile: miniprogram\/pages\/home\/home\.ts:3:8: .*Unexpected token/,
  )
})

test('no piece of the key survives in a line', () => {
  expect(said(`something unheard of: ${LINE}`)).not.toContain(LINE)
  expect(hideKey(`a ${KEY} b`, 'another')).toBe('a [key]\n b')
})
