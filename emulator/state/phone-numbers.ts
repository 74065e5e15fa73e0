// The numbers of the people: the one bound to WeChat, and those somebody added in the phone button's dialog.

import { EmulatorError } from '../errors'
import type { Table, Tables } from '../ports'
import type { Accounts } from './accounts'

export interface PhoneNumber {
  /** `86` */
  countryCode: string
  /** Digits without the country code. */
  pure: string
}

export interface PhoneNumbers {
  /** The bound one first. */
  of(account: string): PhoneNumber[]
  /** `13800000000`, or `+852 61234567`. Throws BAD_REQUEST; adding one that is there changes nothing. */
  add(account: string, number: string): PhoneNumber
  /** One of the person's own, by its digits. */
  find(account: string, number: string): PhoneNumber | undefined
  /** Every number of everybody, as it may stand in a text. */
  all(): string[]
}

const HOME = '86'
const WRITTEN = /^(?:\+(\d{1,3})[ -])?(\d{5,15})$/

export function parseNumber(written: string): PhoneNumber {
  const [, countryCode = HOME, pure] = WRITTEN.exec(written) ?? []
  if (pure === undefined)
    throw new EmulatorError('BAD_REQUEST', 'a phone number is 5 to 15 digits, abroad with its code: +852 61234567')
  return { countryCode, pure }
}

/** With the country code only abroad, as WeChat writes it; that the code has no plus is a guess. */
export const fullNumber = ({ countryCode, pure }: PhoneNumber): string =>
  countryCode === HOME ? pure : `${countryCode}${pure}`

export function createPhoneNumbers(tables: Tables, accounts: Accounts): PhoneNumbers {
  const added: Table<PhoneNumber[]> = tables.table('weixin.phone-numbers')
  const of = (account: string) => [parseNumber(accounts.get(account).phone), ...(added.get(account) ?? [])]
  const find = (account: string, number: string) => {
    const wanted = fullNumber(parseNumber(number))
    return of(account).find((own) => fullNumber(own) === wanted)
  }
  return {
    of,
    find,
    add(account, number) {
      const found = find(account, number)
      if (found !== undefined) return found
      const parsed = parseNumber(number)
      added.set(account, [...(added.get(account) ?? []), parsed])
      return parsed
    },
    all: () => [...added.entries()].flatMap(([, numbers]) => numbers.map(({ pure }) => pure)),
  }
}
