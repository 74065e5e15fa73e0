// Home for tests: who is signed in, a function that knows them, and how the page is opened.
import type { CallEvent, Envelope, User } from '../../typings/contract'
import { grant, ok, refuse } from './client-world'
import { openPage } from './page'
import { createPageDevice, type PageDevice, type PageDeviceOptions } from './page-device'

const HOME = 'pages/home/home'
export const xiaohe = { id: '7f3k2qxm0123', nickname: '小禾', unionLinked: false, createdAt: 1 }
export const nobody = { id: '00ffaa1122', unionLinked: false, createdAt: 1 }
export const RETRIED_MS = 5_000 // longer than all the pauses between the tries

/** A function that knows one user: a code brings a session, a token brings the profile. */
export const knows =
  (user: User = xiaohe) =>
  ({ code, token }: CallEvent): Envelope =>
    code ? ok({ user }, grant('t-1', user)) : token === 't-1' ? ok({ user }) : refuse('SESSION_EXPIRED')

export const open = async (options: Partial<PageDeviceOptions> = {}) => {
  const device = createPageDevice({ server: knows(), ...options })
  return { device, page: await openPage(HOME, device) }
}

/** The next launch of the same mini-program on the same phone. */
export const relaunch = (before: PageDevice, options: Partial<PageDeviceOptions> = {}) =>
  open({ stored: before.stored, ...options })

export const signedIn = async (options: Partial<PageDeviceOptions> = {}) => {
  const opened = await open(options)
  await opened.page.tap('.hero-action')
  return opened
}
