// What a function learns about a call: the variables and the context object, as WeChat's runtime sets them.
import { randomBytes, randomUUID } from 'node:crypto'

/** At the start of the process; `SCF` is how the SDK knows it is at home. */
export const STATIC_VARIABLES = (environmentId: string): Record<string, string> => ({
  TENCENTCLOUD_RUNENV: 'SCF',
  TENCENTCLOUD_REGION: 'ap-shanghai',
  SCF_NAMESPACE: environmentId,
  TZ: 'UTC',
})

/** The cloud's default, megabytes. */
export const MEMORY_LIMIT_MB = 256

export interface CallFacts {
  environmentId: string
  functionName: string
  requestId: string
  apiToken: string
  appid: string
  openid?: string
  unionid?: string
  /** `wx_client`, `wx_trigger`, …; a chain when functions call functions. */
  source: string
  /** More context variables, without `WX_`. */
  extra: Record<string, string>
  adminUrl: string
  timeLimitMs: number
}

export const newApiToken = () => randomBytes(24).toString('base64url')
export const newRequestId = () => randomUUID()

/** Sources that are a mini-program's client, whose events get `userInfo`. */
export const isClient = (source: string) => /^wx_(client|devtools)$/.test(source.split(',')[0] ?? '')

/** Replaces the variables of the previous call; the two KEYS name what the SDK may read. */
export function callVariables(facts: CallFacts): Record<string, string> {
  const timer = facts.source.startsWith('wx_trigger')
  const wx: Record<string, string> = {
    WX_CLIENTIP: '127.0.0.1',
    WX_CLIENTIPV6: '::ffff:127.0.0.1',
    WX_APPID: facts.appid,
    ...(facts.openid === undefined ? {} : { WX_OPENID: facts.openid }),
    ...(facts.unionid === undefined ? {} : { WX_UNIONID: facts.unionid }),
    ...Object.fromEntries(Object.entries(facts.extra).map(([name, value]) => [`WX_${name}`, value])),
    // The SDK reads another token when a timer called.
    [timer ? 'WX_TRIGGER_API_TOKEN_V0' : 'WX_API_TOKEN']: facts.apiToken,
  }
  const tcb: Record<string, string> = {
    TCB_ENV: facts.environmentId,
    TCB_SEQID: facts.requestId,
    TRIGGER_SRC: timer ? 'timer' : 'tcb',
    TCB_SOURCE: facts.source,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: facts.adminUrl }),
  }
  return {
    ...wx,
    WX_CONTEXT_KEYS: Object.keys(wx).join(','),
    ...tcb,
    TCB_CONTEXT_KEYS: Object.keys(tcb).join(','),
    // Only used to sign, and nobody verifies: the SDK wants something non-empty.
    TENCENTCLOUD_SECRETID: 'emulated-secret-id',
    TENCENTCLOUD_SECRETKEY: 'emulated-secret-key',
    TENCENTCLOUD_SESSIONTOKEN: 'emulated-session-token',
  }
}

/** The second argument of `main`. `environ` is the old spelling of `environment`. */
export const callContext = (facts: CallFacts, variables: Record<string, string>): Record<string, unknown> => ({
  callbackWaitsForEmptyEventLoop: false,
  memory_limit_in_mb: MEMORY_LIMIT_MB,
  time_limit_in_ms: facts.timeLimitMs,
  request_id: facts.requestId,
  environ: Object.entries(variables)
    .map(([name, value]) => `${name}=${value}`)
    .join(';'),
  environment: JSON.stringify(variables),
  function_version: '$LATEST',
  function_name: facts.functionName,
  namespace: facts.environmentId,
})

/** WeChat writes who is calling over whatever the client put there. */
export function callEvent(event: unknown, { appid, openid, source }: CallFacts): string {
  const value = event ?? {}
  const named = typeof value === 'object' && !Array.isArray(value) && isClient(source) && openid !== undefined
  return JSON.stringify(named ? { ...value, userInfo: { appId: appid, openId: openid } } : value) ?? '{}'
}
