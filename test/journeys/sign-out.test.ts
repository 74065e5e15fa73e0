// Signing out: on the device at once, on the server too, and for good.
import { handset, useEmulator } from '../support/journey'

const world = useEmulator()

test('after signing out the session is gone on the server, and a relaunch is quiet', async () => {
  const phone = handset(world.emulator)
  await phone.auth.signIn()
  world.emulator.trace.clear()
  await phone.auth.signOut()
  await world.emulator.trace.until('callFunction') // the device does not wait for the server
  world.emulator.trace.clear()

  const auth = phone.relaunch()
  await auth.resume()

  expect(auth.state).toEqual({ status: 'signedOut', by: 'user' })
  expect(world.emulator.database.find('sessions')).toEqual([])
  expect(world.emulator.trace.count('wx.login') + world.emulator.trace.count('callFunction')).toBe(0)
})

test('a sign-out during a login wins, also after a relaunch, and leaves no session behind', async () => {
  const exchange = world.emulator.faults.add({ at: 'jscode2session', answer: 'hold' })
  const phone = handset(world.emulator)
  const signingIn = phone.auth.signIn()
  await exchange.held()

  await phone.auth.signOut()
  exchange.release()

  await expect(signingIn).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  await phone.relaunch().resume()
  expect(phone.auth.state).toEqual({ status: 'signedOut', by: 'user' })
  expect(world.emulator.database.find('sessions')).toEqual([])
})

test('signing out the others leaves this device signed in', async () => {
  const phone = handset(world.emulator, { device: 'phone' })
  const tablet = handset(world.emulator, { device: 'tablet' })
  await phone.auth.signIn()
  await tablet.auth.signIn()

  await phone.auth.signOut({ which: 'others' })

  await phone.auth.call('profile', {})
  expect(world.emulator.trace.count('wx.login')).toBe(2)
  await expect(tablet.auth.call('profile', {})).rejects.toMatchObject({ code: 'SIGNED_OUT' })
  expect(tablet.auth.state).toEqual({ status: 'signedOut', by: 'server' })
})
