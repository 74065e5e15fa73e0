// Openids at rest: what WeChat's checks are asked with when no cloud says who is calling, kept readable by sign-ins.
import { createTestServer, outcomeOf, VARIABLES } from '../support/server'

const [OLD, NEW] = [7, 9].map((byte, n) => `k${n + 1}:${Buffer.alloc(32, byte).toString('base64')}`)

/** A person over https, and the variables of the function, which may change under it. */
const given = async () => {
  const variables: Record<string, string | undefined> = { ...VARIABLES, SEALING_KEYS: OLD }
  const server = createTestServer({ transport: 'https', variables, cloudCalls: false })
  server.from({})
  const login = async () => {
    const reply = await server.main({ v: 1, call: 'login', data: {}, code: server.codeOf() })
    return reply.session?.token
  }
  const name = (token: string | undefined) => server.main({ v: 1, call: 'profile', data: { nickname: '小明' }, token })
  const openid = () => server.memory.all().identities[0]?.openid
  return { ...server, variables, login, name, openid }
}

it('a name is checked with the openid of the last sign-in, by token', async () => {
  const { login, name, asked, openid } = await given()
  expect(outcomeOf(await name(await login()))).toBe('ok')
  expect(asked).toEqual(['token: checkText'])
  expect(openid()).toMatch(/^v1\.k1\./)
})

it('of an identity from before openids were kept comes with the next sign-in, which the refusal asks for', async () => {
  const { login, name, memory } = await given()
  const token = await login()
  for (const { openid: _gone, ...row } of memory.all().identities) {
    await memory.identities.release(row.id, row.userId)
    await memory.identities.add(row)
  }
  expect(outcomeOf(await name(token))).toBe('SESSION_EXPIRED')
  expect(outcomeOf(await name(await login()))).toBe('ok')
})

it('whose sealing key was retired is sealed anew by the next sign-in', async () => {
  const { login, name, variables, openid } = await given()
  const token = await login()
  Object.assign(variables, { SEALING_KEYS: NEW })
  expect(outcomeOf(await name(token))).toBe('SESSION_EXPIRED')
  expect(outcomeOf(await name(await login()))).toBe('ok')
  expect(openid()).toMatch(/^v1\.k2\./)
})

it('that opens is not written again by a sign-in', async () => {
  const { login, variables, openid } = await given()
  await login()
  const before = openid()
  Object.assign(variables, { SEALING_KEYS: `${NEW},${OLD}` })
  await login()
  expect(openid()).toBe(before)
})
