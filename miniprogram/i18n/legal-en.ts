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
        body: 'When you sign in, WeChat gives us a number that exists only for this mini-program and, where several mini-programs belong together, one that they share. We use it to know you again and to keep an account for you.',
      },
      {
        heading: 'Your choice',
        body: 'You can look around without signing in, sign out at any time under Me, and delete your account under Account and devices. A phone number, a photo and a name are up to you; you can change or remove them at any time.',
      },
      {
        heading: 'Fair use',
        body: 'Please do not sign in as somebody else, use no photo or name that breaks the law or the rights of others, and do not disturb the service.',
      },
      { heading: 'Changes', body: 'When this text changes, it changes here and counts from your next sign-in.' },
      { heading: 'Contact', body: `Questions are welcome at ${SUPPORT_CONTACT}.` },
    ],
  },
  privacy: {
    title: 'Privacy guideline',
    lead: 'We collect only what signing in needs, and the phone number, photo and name you choose to give.',
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
        heading: 'Photo and name',
        body: 'Only when you choose and save them do we receive a photo and a name, to show them to you and to those you deal with. Both are handed to the content check of WeChat; others see the photo only once it passed. Everything else works without them.',
      },
      {
        heading: 'Signed-in devices',
        body: 'So that you can see where your account is signed in, and end it there, we note the model and system of each device and the day it was last used.',
      },
      {
        heading: 'Why',
        body: 'To know you again and to keep you signed in. Not for advertising, and never for sale.',
      },
      {
        heading: 'Where it is kept',
        body: 'In the WeChat Cloud environment of this mini-program. Login secrets and the phone number are kept encrypted. A sign-in is kept for 180 days at most; phone number, photo and name until you remove them or delete your account. A photo that was replaced is deleted.',
      },
      {
        heading: 'Your rights',
        body: `You can sign out here and elsewhere, and change or remove the phone number, photo and name, at any time. Under Account and devices you can delete your account: all of the above is then erased and cannot be brought back. Questions are welcome at ${SUPPORT_CONTACT}.`,
      },
    ],
  },
}
