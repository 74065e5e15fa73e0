// Home in English.
import type { Words } from '../words'

export const home: Pick<Words, 'home' | 'signedOut'> = {
  home: {
    title: 'Me',
    restoring: 'Reading your sign-in',
    signIn: 'Sign in',
    signingIn: 'Signing in…',
    notNow: 'Not now, look around',
    consent: 'By signing in you accept the',
    and: 'and the',
    agreement: 'user agreement',
    privacy: 'privacy guideline',
    agreementRow: 'User agreement',
    privacyRow: 'Privacy guideline',
    newFriend: 'New friend',
    signOut: 'Sign out',
    signOutWarning: 'This device will no longer sign in by itself',
    phone: 'Phone number',
    profile: 'Photo and name',
    account: 'Account and devices',
    notSet: 'Not set',
    notLinked: 'Not linked',
    partly: 'Incomplete',
    complete: 'Complete',
    browseTitle: 'Look around',
    browseLead: 'How things are done here, without signing in',
    browse: [
      { heading: 'Only when you tap', body: 'Opening the mini-program asks for nothing and creates no account.' },
      { heading: 'Once is enough', body: 'You stay signed in until you sign out.' },
      {
        heading: 'No phone number, no photo to sign in',
        body: 'Signing in is one tap. A phone number, a photo and a name are up to you, and you can remove them at any time.',
      },
    ],
  },
  signedOut: {
    never: { title: 'Not signed in', lead: 'Sign in to find your account on any phone' },
    user: { title: 'You are signed out', lead: 'This device will not sign in by itself. Tap when you need it' },
    server: {
      title: 'This device was signed out',
      lead: 'It was ended from another device, or the account has changed. Sign in when you need it',
    },
  },
}
