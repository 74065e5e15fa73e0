// The environment: read when needed, and wrong values named.
import { createEnvironment } from '../../cloudfunctions/platform/environment'
import { VARIABLES } from '../support/server'

const misconfigured = (about: string) =>
  expect.objectContaining({ code: 'MISCONFIGURED', message: expect.stringContaining(about) })

describe('the environment', () => {
  it('complains about nothing that nobody asked for', () => {
    expect(() => createEnvironment({}, 'auth')).not.toThrow()
    expect(createEnvironment({}, 'auth').appidIfSet()).toBeUndefined()
  })

  it('has defaults for what may be missing', () => {
    const environment = createEnvironment(VARIABLES, 'auth')
    expect(environment.apiBase()).toBe('https://api.weixin.qq.com')
    expect(environment.sessionDays()).toBe(30)
    expect(environment.keyring().sealWith).toBe('k1')
  })

  it.each(['0', '181', '-1', '1.5', 'a month', '1e2', 'Infinity'])('refuses SESSION_DAYS = %s', (SESSION_DAYS) => {
    expect(() => createEnvironment({ SESSION_DAYS }, 'auth').sessionDays()).toThrow(misconfigured('SESSION_DAYS'))
  })

  it.each(['1', '180'])('takes SESSION_DAYS = %s', (SESSION_DAYS) => {
    expect(createEnvironment({ SESSION_DAYS }, 'auth').sessionDays()).toBe(Number(SESSION_DAYS))
  })

  it('names function and variable when the keys are missing or malformed', () => {
    expect(() => createEnvironment({}, 'auth').keyring()).toThrow(
      misconfigured('SEALING_KEYS is not set on function auth'),
    )
    expect(() => createEnvironment({ SEALING_KEYS: 'a:b' }, 'auth').keyring()).toThrow(misconfigured('function auth'))
    expect(() => createEnvironment({ ...VARIABLES, SEALING_WITH: 'k2' }, 'auth').keyring()).toThrow(
      misconfigured('SEALING_WITH'),
    )
  })

  it.each([undefined, '', 'short', Buffer.alloc(31).toString('base64'), Buffer.alloc(33).toString('base64')])(
    'refuses INDEX_KEY = %s',
    (INDEX_KEY) => {
      expect(() => createEnvironment({ INDEX_KEY }, 'auth').indexKey()).toThrow(misconfigured('INDEX_KEY'))
    },
  )

  it('has no push keys when neither is set, and asks for both when one is', () => {
    const WEIXIN_PUSH_TOKEN = 'aPushToken'
    const WEIXIN_PUSH_AES_KEY = 'a'.repeat(43)
    const keysOf = (variables: Record<string, string>) => createEnvironment(variables, 'push').pushKeys()
    expect(keysOf({})).toBeUndefined()
    expect(keysOf({ WEIXIN_PUSH_TOKEN, WEIXIN_PUSH_AES_KEY })?.token.reveal()).toBe(WEIXIN_PUSH_TOKEN)
    expect(() => keysOf({ WEIXIN_PUSH_TOKEN })).toThrow(
      misconfigured('WEIXIN_PUSH_AES_KEY is not set on function push'),
    )
    expect(() => keysOf({ WEIXIN_PUSH_AES_KEY })).toThrow(
      misconfigured('WEIXIN_PUSH_TOKEN is not set on function push'),
    )
  })

  it.each([
    ['WEIXIN_PUSH_TOKEN', 'no'],
    ['WEIXIN_PUSH_TOKEN', 'with a blank'],
    ['WEIXIN_PUSH_TOKEN', 'x'.repeat(33)],
    ['WEIXIN_PUSH_AES_KEY', 'x'.repeat(42)],
    ['WEIXIN_PUSH_AES_KEY', `${'x'.repeat(43)}=`],
  ])('refuses %s = %s', (name, value) => {
    const keys = { WEIXIN_PUSH_TOKEN: 'aPushToken', WEIXIN_PUSH_AES_KEY: 'a'.repeat(43), [name]: value }
    expect(() => createEnvironment(keys, 'push').pushKeys()).toThrow(misconfigured(name))
  })

  it('follows a variable that changes: nothing is remembered', () => {
    const variables: Record<string, string> = { SESSION_DAYS: '2' }
    const environment = createEnvironment(variables, 'auth')
    variables['SESSION_DAYS'] = '3'
    expect(environment.sessionDays()).toBe(3)
  })
})
