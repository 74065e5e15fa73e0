// What each function must be told in the console, and how to make what is secret. The cloud cannot be asked from here.

import { type Finding, ok, todo, wrong } from '../finding'
import type { Project } from '../project'

const RANDOM = `node -p "require('crypto').randomBytes(32).toString('base64')"`

/** What each variable is, and where its value comes from. */
const VARIABLES: Readonly<Record<string, string>> = {
  WEIXIN_APPID: 'your AppID',
  WEIXIN_APP_SECRET: 'the AppSecret: mp.weixin.qq.com → 开发管理 → 开发设置 → AppSecret',
  SEALING_KEYS: `k1:<key>, the key from ${RANDOM}`,
  INDEX_KEY: `another key from ${RANDOM}; it never changes afterwards`,
  WEIXIN_PUSH_TOKEN: 'the Token of the message push',
  WEIXIN_PUSH_AES_KEY: 'its EncodingAESKey, 43 characters',
  SEALING_WITH: 'the id of the key that seals, when SEALING_KEYS has several',
  SESSION_DAYS: 'how long a session lives, 30 unless said',
  WEIXIN_API_BASE: 'nothing: only tests move api.weixin.qq.com',
}

/** Needed by each function, beyond what may be set. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  auth: ['WEIXIN_APP_SECRET', 'WEIXIN_APPID', 'SEALING_KEYS', 'INDEX_KEY'],
  https: ['WEIXIN_APPID', 'WEIXIN_APP_SECRET', 'SEALING_KEYS', 'INDEX_KEY'],
  push: ['WEIXIN_APPID'],
  housekeeping: ['WEIXIN_APPID', 'WEIXIN_APP_SECRET', 'SEALING_KEYS'],
}

export const checkEnvironmentVariables = ({ read, functions }: Project): Finding[] => {
  const id = 'variables'
  const source = read('cloudfunctions/platform/environment.ts') ?? ''
  const used = [...source.matchAll(/(?:find|need)\('([A-Z][A-Z_]+)'\)/g)].map(([, name]) => name ?? '')
  const unknown = [...new Set(used)].filter((name) => !Object.hasOwn(VARIABLES, name))
  const undocumented = unknown.map((name) =>
    wrong(
      id,
      `the functions read ${name}, and nothing says what it is`,
      'describe it in scripts/doctor/checks/environment-variables.ts',
    ),
  )
  const perFunction = functions.map((name) => {
    const needed = NEEDED[name]
    if (needed === undefined) return ok(id, `function ${name}: no variable is known to be needed`)
    const list = needed.map((variable) => `${variable} (${VARIABLES[variable] ?? ''})`).join('; ')
    const fix = `DevTools → 云开发 → 云函数 → ${name} → 配置 → 环境变量: ${list}`
    return todo(id, `function ${name} needs ${needed.join(', ')}; whether they are set shows only in the cloud`, fix)
  })
  return [...undocumented, ...perFunction]
}
