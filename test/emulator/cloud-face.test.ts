// Who may speak at /admin, and what is understood there.
import { createClock } from '../../emulator/clock'
import { createCloud, createInvocations, createOpenApiCalls, ENVIRONMENT_ID } from '../../emulator/cloud/index'
import { createTables } from '../../emulator/data/tables'
import type { HopStart, Invocation } from '../../emulator/ports'
import { createState } from '../../emulator/state'
import { createFileLinks } from '../../emulator/state/file-links'
import { createUploadTickets } from '../../emulator/state/upload-tickets'

const INVOCATION: Invocation = {
  id: 'call-1',
  apiToken: 'good-token',
  function: 'auth',
  appid: 'wx0123456789abcdef',
  openid: 'openid-1',
  account: 'v1',
  source: 'wx_client',
  permissions: [],
}

const open = () => {
  const hops: HopStart[] = []
  const invocations = createInvocations()
  const stage = {
    run: async <T>(hop: HopStart, operation: () => T | Promise<T>) => {
      hops.push(hop)
      return operation()
    },
  }
  const [tables, clock] = [createTables(), createClock()]
  const state = createState({ tables, clock })
  const openApi = createOpenApiCalls({ state, clock })
  const links = createFileLinks({ tables, clock }, { origin: () => 'http://127.0.0.1:1' })
  const storage = { files: state.files, links, tickets: createUploadTickets(clock), uploadUrl: () => '' }
  const ports = { stage, tables, clock: { now: () => 1e12 }, invocations, openApi, storage }
  const { face, backDoor } = createCloud(ports, { project: 'test/emulator/project' })
  const end = invocations.register(INVOCATION)
  const send = async (body: string | object, type = 'application/json') => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await face.handle({ headers: { 'content-type': type }, body: Buffer.from(text), url: '/admin' })
    const told: Record<string, unknown> = { status: answer.status, ...JSON.parse(String(answer.body)) }
    return told
  }
  return { send, end, hops, backDoor }
}
const ADD = {
  action: 'database.insertDocument',
  envName: ENVIRONMENT_ID,
  wxCloudApiToken: 'good-token',
  collectionName: 'things',
  data: ['{"_id":"x"}'],
}

test('a request of a live invocation is answered with status 200 and a request id', async () => {
  const { send, backDoor } = open()

  expect(await send(ADD)).toEqual({ status: 200, requestId: expect.any(String), data: { insertedIds: ['x'] } })
  expect(backDoor.find('things')).toEqual([{ _id: 'x' }])
})

test.each([
  ['no token', undefined],
  ['a token nobody was given', 'made-up'],
  ['a token that is an object', { $ne: null }],
])('with %s nothing happens', async (_what, wxCloudApiToken) => {
  const { send, backDoor, hops } = open()

  expect(await send({ ...ADD, wxCloudApiToken })).toMatchObject({ status: 200, code: 'INVALID_REQUEST_SOURCE' })
  expect(backDoor.find('things')).toEqual([])
  expect(hops).toEqual([])
})

test('a token dies with its invocation', async () => {
  const { send, end } = open()
  end()

  expect(await send(ADD)).toMatchObject({ code: 'INVALID_REQUEST_SOURCE' })
})

test('an action that is not emulated is named, and seen in the trace', async () => {
  const { send, hops } = open()

  expect(await send({ ...ADD, action: 'database.startTransaction' })).toMatchObject({
    code: 'INVALID_PARAM',
    message: 'the action database.startTransaction is not emulated',
  })
  expect(hops).toMatchObject([{ op: 'database.startTransaction', invocation: 'call-1', account: 'v1' }])
})

test('a parameter nobody knows is refused: it might be a transaction', async () => {
  const { send, backDoor } = open()

  expect(await send({ ...ADD, transactionId: 't-1' })).toMatchObject({
    code: 'INVALID_PARAM',
    message: expect.stringContaining('transactionId'),
  })
  expect(backDoor.find('things')).toEqual([])
})

test('another environment does not exist', async () => {
  expect(await open().send({ ...ADD, envName: 'prod-1' })).toMatchObject({ code: 'INVALIID_ENV' })
})

test.each([
  ['no JSON', '{'],
  ['JSON that is no object', '[]'],
])('a body with %s is refused', async (_what, body) => {
  expect(await open().send(body)).toMatchObject({ status: 200, code: 'INVALID_PARAM' })
})

test.each([
  ['a number for a collection', { collectionName: 1 }],
  ['data that is no list', { data: '{}' }],
  ['data that is no Extended JSON', { data: ['{'] }],
])('%s is refused', async (_what, wrong) => {
  expect(await open().send({ ...ADD, ...wrong })).toMatchObject({ code: 'INVALID_PARAM' })
})

const form = (fields: Record<string, string>) =>
  Object.entries({ wxCloudApiToken: 'good-token', ...fields })
    .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .concat('--b--\r\n')
    .join('')
const FORM = 'multipart/form-data; boundary=b'

test.each([
  ['of nobody', { action: 'wx.openApi', wxCloudApiToken: 'made-up' }, 'INVALID_REQUEST_SOURCE', 'wxCloudApiToken'],
  ['for payments', { action: 'wx.wxPayApi', apiName: 'cloudPay' }, 'INVALID_PARAM', 'wx.wxPayApi (cloudPay)'],
  ['without a call in it', { action: 'wx.openApi', apiName: 'a.b' }, 'INVALID_PARAM', 'not emulated'],
  ['with bytes that are no call', { action: 'wx.openApi', requestData: 'ÿ' }, 'INVALID_PARAM', 'no CommApiData'],
])('a form %s is refused', async (_what, fields, code, why) => {
  const { send, hops } = open()

  expect(await send(form(fields), FORM)).toMatchObject({ code, message: expect.stringContaining(why) })
  expect(hops).toEqual([])
})

test('a form that is none is refused', async () => {
  expect(await open().send('no form', 'multipart/form-data')).toMatchObject({ code: 'INVALID_PARAM' })
})

test('the trace gets documents, not text: it can mask a field by its name', async () => {
  const { send, hops } = open()

  await send({ ...ADD, data: ['{"_id":"x","session_key":"secret"}'] })

  expect(hops).toMatchObject([{ op: 'things.add', request: { _id: 'x', session_key: 'secret' } }])
})
