// An account with all that an account can have, and the search for whatever is left of it.
import { calls } from '../../cloudfunctions/calls/index'
import { openidIdentity, unionidIdentity } from '../../cloudfunctions/core/identities'
import { createHousekeeping } from '../../cloudfunctions/housekeeping/door'
import { createDoor } from '../../cloudfunctions/https/door'
import { createServe, type ServePorts } from '../../cloudfunctions/serve'
import { pictureOf, upload } from './pictures'
import { ALICE, APPID, createTestServer, DEVICE, keyOf, outcomeOf, type ServerOptions } from './server'
import { FACE_URL, userInfoOf } from './user-info'

export const UNIONID = 'unionid-of-alice'
export const NUMBER = '12066600005'
export const NAME = 'Alice of the tests'
export const IDENTITY = openidIdentity(APPID, ALICE)
const OTHER_PHONE = { id: 'device-0002', model: 'iPhone 17', platform: 'ios' }

/** Signed in on two devices and out of a third, with a number, a name, a picture, another one on its way, and a face. */
export const createAccount = async (options: ServerOptions = {}) => {
  const face = pictureOf('jpeg', 96)
  const server = createTestServer({ face: async (url) => (url === FACE_URL ? face : undefined), ...options })
  const { memory, storage, clock } = server
  const serveOver = (ports: ServePorts) => createServe(ports, { calls, transport: 'cloud' })
  const login = (device: object) => {
    server.from({ appid: APPID, openid: ALICE })
    const code = server.codeOf(ALICE, { unionid: UNIONID })
    return server.main({ v: 1, call: 'login', data: {}, code, device })
  }
  const ask = async (call: string, data: object, as = token) => {
    const reply = await server.main({ v: 1, call, data, token: as })
    if (!reply.ok) throw new Error(`${call}: ${JSON.stringify(reply.error)}`)
    return reply.data
  }
  await login({ ...DEVICE, id: 'device-0003' })
  await login(OTHER_PHONE)
  const token = (await login(DEVICE)).session?.token ?? ''
  const { sessions } = (await ask('sessions', {})) as { sessions: Array<{ handle: string }> }
  await ask('signOut', { handle: sessions.at(-1)?.handle })
  await ask('phone', { code: server.tap(NUMBER).code })
  const bytes = [pictureOf('png'), pictureOf('png')] as const
  await ask('profile', { nickname: NAME, avatar: await upload(server, token, { bytes: bytes[0] }) })
  const waiting = await upload(server, token, { bytes: bytes[1] })
  await server.main({ v: 1, call: 'userInfo', data: userInfoOf({ at: clock.now(), key: keyOf('nobody') }), token })
  const userId = memory.all().users[0]?.id ?? ''

  /** What of the person is still stored, by name. The files of later pictures are searched for too. */
  const traces = (more: Record<string, string> = {}): string[] => {
    const files = [...storage.files].map(([path, file]) => `${path} ${file.bytes.toString('hex')}`).join('\n')
    const text = `${JSON.stringify(memory.all())}\n${files}`
    const secrets = {
      'user id': userId,
      openid: ALICE,
      identity: IDENTITY,
      'openid, hashed': IDENTITY.slice(2),
      unionid: UNIONID,
      'unionid, hashed': unionidIdentity(UNIONID).slice(2),
      number: NUMBER,
      'number, masked': '120****0005',
      name: NAME,
      'face from WeChat': face.toString('hex'),
      picture: bytes[0].toString('hex'),
      'picture on its way': bytes[1].toString('hex'),
      ...more,
    }
    return Object.entries(secrets).flatMap(([name, secret]) => (text.includes(secret) ? [name] : []))
  }
  return {
    ...server,
    server,
    token,
    userId,
    waiting,
    traces,
    serveOver,
    login,
    /** The call with all it needs, over whichever ports. */
    deleteAccount: (ports: ServePorts = server.ports) => {
      server.from({ appid: APPID, openid: ALICE })
      const event = { v: 1, call: 'deleteAccount', data: { confirm: true }, token, code: server.codeOf() }
      return serveOver(ports)(event, {})
    },
    /** The timer strikes. */
    housekeeping: async () => {
      server.from({ source: 'wx_trigger' })
      return createHousekeeping(server.ports)({ Type: 'Timer' }, {})
    },
    doorOver: (ports: ServePorts) => createDoor(ports, { calls }),
    outcome: outcomeOf,
  }
}

export type Account = Awaited<ReturnType<typeof createAccount>>

/** Lets everything that can happen happen. */
export const quiet = async () => {
  for (let n = 0; n < 400; n++) await new Promise<void>((resolve) => setImmediate(resolve))
}
