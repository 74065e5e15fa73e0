// The page of the phone number for tests: a function that knows one user and the numbers, and the button's events.
import type { CallEvent, Contract, User } from '../../typings/contract'
import { grant, ok, refuse } from './client-world'
import { openPage } from './page'
import { type Answer, createPageDevice, type PageDeviceOptions } from './page-device'
import { xiaohe } from './page-home'

export const PHONE = 'pages/phone/phone'
export const masked = { masked: '120****0005', countryCode: '86' }
export const other = { masked: '120****0006', countryCode: '86' }

type PhoneRequest = Contract['phone']['request']

/** Signed in on this device before: what storage holds. */
export const signedInStorage = (user: User = xiaohe): Map<string, string> => {
  const session = { v: 1, token: 't-1', expiresAt: Date.now() + 86_400_000, user }
  return new Map([['auth.session', JSON.stringify(session)]])
}

/** A function that binds and removes; `phone` may answer otherwise, and what it binds is remembered. */
export const createNumbers = (user: User = xiaohe) => {
  let now: User = user
  const bind = (phone: User['phone']) => {
    const { phone: _before, ...rest } = now
    now = phone ? { ...rest, phone } : rest
    return ok({ user: now })
  }
  const numbers = {
    /** How the call `phone` is answered; binds `masked`. */
    phone: (request: PhoneRequest): Answer => bind('remove' in request ? undefined : masked),
    /** How everything else is answered. */
    isOffline: false,
    isKeyStale: false,
    bind,
    server: ({ call, code, token, data }: CallEvent): Answer => {
      if (numbers.isOffline) return 'offline'
      if (code) return ok({ user: now }, grant('t-1', now))
      if (token !== 't-1') return refuse('SESSION_EXPIRED')
      return call === 'phone' ? numbers.phone(data as PhoneRequest) : ok({ user: now })
    },
  }
  return numbers
}
export type Numbers = ReturnType<typeof createNumbers>

export const openPhone = async (options: Partial<PageDeviceOptions> & { user?: User; numbers?: Numbers } = {}) => {
  const { user = xiaohe, numbers = createNumbers(user), ...rest } = options
  const device = createPageDevice({ server: numbers.server, stored: signedInStorage(user), ...rest })
  const page = await openPage(PHONE, device)
  const QUICK = ['.number', '.ask']
  const NOW = ['.number-now', '.ask']
  return {
    device,
    numbers,
    page,
    QUICK,
    NOW,
    /** The user allows, and WeChat has charged. */
    allow: (code = 'phone-code-1') => page.fire('getPhoneNumber', { errMsg: 'getPhoneNumber:ok', code }, ...QUICK),
    allowNow: (code = 'phone-code-1') =>
      page.fire('getRealtimePhoneNumber', { errMsg: 'getRealtimePhoneNumber:ok', code }, ...NOW),
    /** The button's event is a failure. */
    fail: (errMsg: string, errno?: number) =>
      page.fire(
        'getPhoneNumber',
        { errMsg: `getPhoneNumber:fail ${errMsg}`, ...(errno === undefined ? {} : { errno }) },
        ...QUICK,
      ),
    notice: () => (page.has('.notice') ? page.textOf('.notice', '.words') : ''),
    sent: () => device.sentCalls('phone').map(({ data }) => data),
  }
}
