// The agreement and the privacy guideline in English: true of this mini-program as it is; a product writes its own.
import { SUPPORT_CONTACT } from '../config'
import type { Words } from './words'

export const legalEn: Words['legal'] = {
  agreement: {
    title: 'User agreement',
    lead: 'By signing in you agree to what follows.',
    sections: [
      {
        heading: 'Your account',
        body: 'When you sign in, WeChat gives us a number that exists only for this mini-program. We use it to know you again and to keep an account for you.',
      },
      {
        heading: 'Your choice',
        body: 'You can look around without signing in, and sign out at any time under Me. Linking a phone number is up to you; you can change or remove it at any time.',
      },
      { heading: 'Fair use', body: 'Please do not sign in as somebody else, and do not disturb the service.' },
      { heading: 'Changes', body: 'When this text changes, it changes here and counts from your next sign-in.' },
      { heading: 'Contact', body: `Questions are welcome at ${SUPPORT_CONTACT}.` },
    ],
  },
  privacy: {
    title: 'Privacy guideline',
    lead: 'We collect only what signing in needs, and the phone number you choose to link.',
    sections: [
      {
        heading: 'What we collect',
        body: 'The user number that WeChat gives us, when you signed in, the model and system of the phone, and a random number made for this device.',
      },
      {
        heading: 'Phone number',
        body: 'Only when you tap and allow it do we receive your phone number, for notices and for finding your account again. Everything else works without it.',
      },
      {
        heading: 'Why',
        body: 'To know you again and to keep you signed in. Not for advertising, and never for sale.',
      },
      {
        heading: 'Where it is kept',
        body: 'In the WeChat Cloud environment of this mini-program. Login secrets and the phone number are kept encrypted. A sign-in is kept for 180 days at most, the phone number until you remove it.',
      },
      {
        heading: 'Your rights',
        body: `You can sign out, and change or remove the phone number, at any time. To see, correct or delete your information, write to ${SUPPORT_CONTACT}.`,
      },
    ],
  },
}
