// Calls are answered in any order; what the device knows of the user is what the youngest call was told.
import type { AuthState } from '../../miniprogram/auth/core/state'
import { anna, createWorld, gate, grant, ok, type World } from '../support/client-world'

const named = (nickname: string) => ({ ...anna, nickname })
const nameOf = (state: AuthState) => ('user' in state ? state.user?.nickname : undefined)
const remembered = ({ stored }: World) => stored.get('auth.session')

/** A read that was answered before a save was, by the server; what it says arrives when the gate opens. */
const world = async () => {
  const slow = gate()
  const made = createWorld({
    server: async ({ call, code, data }) => {
      if (code) return ok({ user: anna }, grant('t-1'))
      if (call === 'sessions') return ok({ sessions: [] })
      if (Object.keys(data).length > 0) return ok({ user: named('new') })
      await slow.opened
      return ok({ user: named('old') })
    },
  })
  await made.auth.signIn()
  return { ...made, auth: made.auth, slow }
}

test('a read from before a save does not bring the old name back when it arrives after it', async () => {
  const { slow, ...rest } = await world()
  const reading = rest.auth.call('profile', {})
  await rest.advance(0)
  await rest.auth.call('profile', { nickname: 'new' })
  slow.open()
  await reading

  expect(nameOf(rest.auth.state)).toBe('new')
  expect(remembered(rest)).toMatchObject({ user: { nickname: 'new' } })
})

test('a younger call that tells nothing of the user does not silence an older one that does', async () => {
  const { slow, ...rest } = await world()
  const reading = rest.auth.call('profile', {})
  await rest.advance(0)
  await rest.auth.call('sessions', {})
  slow.open()
  await reading

  expect(nameOf(rest.auth.state)).toBe('old')
})
