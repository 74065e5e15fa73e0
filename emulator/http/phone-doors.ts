// The back doors about phone numbers, privacy and access tokens.

import type { PhoneOutcome, PrivacyInterface } from '../phone'
import type { Emulator } from '../types'
import { type Body, bad, type Doors, only, optional, text } from './door'

const OUTCOMES: Readonly<Record<PhoneOutcome, true>> = {
  ask: true,
  allow: true,
  deny: true,
  noQuota: true,
  undeclared: true,
  privacyRefused: true,
  notEntitled: true,
  offline: true,
}

export function createPhoneDoors(weixin: Emulator['weixin']): Doors {
  const phone = (app?: string) => ({ outcome: weixin.phoneOutcome(app), quota: weixin.phoneQuota(app) })
  return {
    'accounts/:id/phone-code': {
      POST({ id, body }) {
        only(body, ['app', 'number', 'realtime'])
        const number = optional(body, 'number', 'string')
        const realtime = optional(body, 'realtime', 'boolean')
        const how = { ...(number === undefined ? {} : { number }), ...(realtime === undefined ? {} : { realtime }) }
        return weixin.phoneCode(id, optional(body, 'app', 'string'), how)
      },
    },
    'accounts/:id/numbers': {
      POST({ id, body }) {
        only(body, ['number'])
        weixin.addNumber(id, text(body, 'number'))
        return { done: true }
      },
    },
    'accounts/:id/rotate-session-key': {
      POST({ id, body }) {
        only(body, ['app'])
        weixin.rotateSessionKey(id, optional(body, 'app', 'string'))
        return { done: true }
      },
    },
    'accounts/:id/forget-consent': {
      POST({ id, body }) {
        only(body, ['app'])
        weixin.forgetConsent(id, optional(body, 'app', 'string'))
        return { done: true }
      },
    },
    'phone-outcome': {
      GET: ({ query }) => phone(query.get('app') ?? undefined),
      POST({ body }) {
        only(body, ['app', 'outcome'])
        const app = optional(body, 'app', 'string')
        weixin.setPhoneOutcome(outcome(body), app)
        return phone(app)
      },
    },
    'phone-quota': {
      POST({ body }) {
        only(body, ['app', 'left'])
        const [app, left] = [optional(body, 'app', 'string'), optional(body, 'left', 'number')]
        if (left === undefined) throw bad('`left` is a number')
        weixin.setPhoneQuota(left, app)
        return phone(app)
      },
    },
    entitled: {
      POST({ body }) {
        only(body, ['app', 'entitled'])
        const entitled = optional(body, 'entitled', 'boolean')
        if (entitled === undefined) throw bad('`entitled` is a boolean')
        weixin.setEntitled(entitled, optional(body, 'app', 'string'))
        return { done: true }
      },
    },
    privacy: {
      POST({ body }) {
        only(body, ['app', 'declared'])
        const { declared } = body
        if (!isNames(declared)) throw bad('`declared` is a list of interfaces')
        weixin.declarePrivacy(declared, optional(body, 'app', 'string'))
        return { done: true }
      },
    },
    'access-tokens': {
      POST({ body }) {
        only(body, ['app', 'end'])
        const end = text(body, 'end')
        if (end !== 'expire' && end !== 'invalidate') throw bad('`end` is expire or invalidate')
        weixin.endAccessTokens(end, optional(body, 'app', 'string'))
        return { done: true }
      },
    },
  }
}

function outcome(body: Body): PhoneOutcome {
  const told = text(body, 'outcome')
  const known = Object.keys(OUTCOMES) as PhoneOutcome[]
  const found = known.find((name) => name === told)
  if (found === undefined) throw bad(`\`outcome\` is one of ${known.join(', ')}`)
  return found
}

/** Names are checked by the door itself, which knows them. */
const isNames = (value: unknown): value is PrivacyInterface[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string')
