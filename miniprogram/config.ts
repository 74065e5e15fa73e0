// What a product changes before it ships: plain constants, nothing secret.

/** Id of the cloud environment; empty is the default one of this mini-program. */
export const CLOUD_ENV = ''

/** Name of the cloud function that signs users in. */
export const AUTH_FUNCTION = 'auth'

/** How the calls travel: `cloud` by wx.cloud.callFunction, `https` by wx.request, for products with a domain of their own. */
export const TRANSPORT: 'cloud' | 'https' = 'cloud'

/** For `https`: the calls go to `<BASE_URL>/auth`, pictures to `<BASE_URL>/avatar`; its domain stands in the console. */
export const BASE_URL = ''

/** Whom a user may tell when something cannot be put right by another tap. Put your own address here. */
export const SUPPORT_CONTACT = 'support@example.com'

/** The pages that exist, as in app.json (a script cannot read that file). Home shows an entry for each it knows. */
export const PAGES: readonly string[] = [
  'pages/home/home',
  'pages/phone/phone',
  'pages/profile/profile',
  'pages/account/account',
  'pages/agreement/agreement',
  'pages/privacy/privacy',
]
