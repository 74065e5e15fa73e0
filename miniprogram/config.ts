// What a product changes before it ships: plain constants, nothing secret.

/** Id of the cloud environment; empty is the default one of this mini-program. */
export const CLOUD_ENV = ''

/** Name of the cloud function that signs users in. */
export const AUTH_FUNCTION = 'auth'

/** Whom a user may tell when something cannot be put right by another tap. Put your own address here. */
export const SUPPORT_CONTACT = 'support@example.com'

/** The pages that exist, as in app.json (a script cannot read that file). Home shows an entry for each it knows. */
export const PAGES: readonly string[] = [
  'pages/home/home',
  'pages/phone/phone',
  'pages/agreement/agreement',
  'pages/privacy/privacy',
]
