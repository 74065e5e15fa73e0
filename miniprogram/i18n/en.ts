// What the user reads in English. Short, no exclamation marks, no jargon; a refusal is the user's right.

import { account } from './en/account'
import { errors } from './en/errors'
import { home } from './en/home'
import { phone } from './en/phone'
import { profile } from './en/profile'
import { legalEn } from './legal-en'
import type { Words } from './words'

export const en: Words = {
  ...errors,
  ...home,
  ...phone,
  ...profile,
  ...account,
  actions: { retry: 'Retry', retrying: 'Retrying…', copy: 'Copy the above' },
  consent: {
    title: 'Your privacy',
    things: {
      'button.getPhoneNumber': 'your phone number',
      'button.getRealtimePhoneNumber': 'your phone number',
      getPhoneNumber: 'your phone number',
      getRealtimePhoneNumber: 'your phone number',
      'button.chooseAvatar': 'the photo you choose',
      chooseAvatar: 'the photo you choose',
      getUserProfile: 'your photo and name',
      getUserInfo: 'your photo and name',
      'button.getUserInfo': 'your photo and name',
      setClipboardData: 'the clipboard, to copy text',
    },
    thing: 'personal information',
    guideline: 'Read the privacy guideline',
    agree: 'Agree',
    refuse: 'Not now',
  },
  say: {
    signOutNotKept: 'You are signed out, but this device could not save it. You may be signed in again next time',
    asks: (thing) =>
      `The next step uses ${thing}. Please read the privacy guideline first. If you do not agree, everything else still works.`,
    withLastKnown: (what) => `${what}. This is what we last knew`,
    withWay: (what, todo) => `${what}. ${todo}`,
    tryAgainIn: (seconds) => `Try again in ${seconds} seconds`,
    tryAgainNow: 'You can try again now',
    signOutOneWarning: (device) => `The sign-in on ${device} ends at once`,
    signOutOthers: (count) => (count === 1 ? 'Sign out 1 other device' : `Sign out ${count} other devices`),
    signOutOthersWarning: (count) =>
      count === 1
        ? 'The sign-in on the other device ends at once. This one stays signed in.'
        : `The sign-in on ${count} other devices ends at once. This one stays signed in.`,
    lastUsed: (days) => {
      if (days < 1) return 'Used today'
      if (days < 2) return 'Used yesterday'
      if (days < 30) return `Used ${days} days ago`
      return days < 60 ? 'Used a month ago' : `Used ${Math.floor(days / 30)} months ago`
    },
    letters: (count) => `${count} of 20 characters`,
    contact: (address) => `Contact ${address}`,
    requestId: (id) => `Reference ${id}`,
  },
  legal: legalEn,
}
