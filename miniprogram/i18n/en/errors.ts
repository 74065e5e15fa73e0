// What went wrong in English.
import type { Words } from '../words'

export const errors: Pick<Words, 'errors'> = {
  errors: {
    NETWORK: { what: 'No connection', todo: 'Check the network and try again' },
    TIMEOUT: { what: 'There was no answer', todo: 'The network may be slow. Please try again' },
    WECHAT_BUSY: { what: 'WeChat is busy', todo: 'Your network is fine. Try again in a moment' },
    SESSION_EXPIRED: { what: 'Your sign-in has expired', todo: 'Just sign in once more' },
    CODE_INVALID: { what: 'That sign-in did not work', todo: 'Just sign in once more' },
    USER_DENIED: {
      what: 'You chose not to allow it',
      todo: 'You can keep going, and tap again if you need it',
      action: 'Tap again',
    },
    PRIVACY_DENIED: {
      what: 'You did not accept the privacy guideline',
      todo: 'You can read it first and decide later',
      action: 'Read it',
    },
    RATE_LIMITED: { what: 'Too many tries', todo: 'Try again in a while', action: 'Try later' },
    PHONE_CODE_INVALID: {
      what: 'That permission has expired',
      todo: 'Your number has not changed. Just tap again',
      action: 'Tap again',
    },
    PHONE_TAKEN: {
      what: 'This number belongs to another account',
      todo: 'Use another number, or remove it from that account first',
      action: 'Use another number',
    },
    SESSION_KEY_STALE: { what: 'That permission has expired', todo: 'Just tap again', action: 'Tap again' },
    PROFILE_REJECTED: { what: 'This name was not accepted', todo: 'Please choose another', action: 'Change it' },
    AVATAR_REJECTED: { what: 'This picture was not accepted', todo: 'Please choose another', action: 'Change it' },
    SIGNED_OUT: { what: 'You are signed out', todo: 'Sign in when you need it', action: 'Sign in' },
    USER_BLOCKED: {
      what: 'WeChat does not let this account sign in',
      todo: 'Check the account in WeChat first. If in doubt, contact us',
    },
    QUOTA_EXHAUSTED: { what: 'Phone numbers are unavailable for now', todo: 'It is not your fault. Please contact us' },
    PRIVACY_UNDECLARED: { what: 'This does not work yet', todo: 'It is not your fault. Please contact us' },
    NOT_PERMITTED: { what: 'This is not open yet', todo: 'It is not your fault. Please contact us' },
    USER_CHANGED: { what: 'The WeChat account has changed', todo: 'Nothing was done. If in doubt, contact us' },
    DATA_MISMATCH: { what: 'The account does not match', todo: 'Nothing was done. Please contact us' },
    BAD_REQUEST: { what: 'That did not work', todo: 'Open the mini-program again. If it stays so, contact us' },
    MISCONFIGURED: { what: 'Signing in is not ready yet', todo: 'It is not your fault. Please contact us' },
    INTERNAL: { what: 'That did not work', todo: 'It is not your fault. Please contact us' },
  },
}
