// Claims on numbers: whoever does what at the same time, one number is one user's.
import { maskedNumber, spelled } from '../../cloudfunctions/core/phone-number'
import { bindPhone, phonePlace } from '../../cloudfunctions/core/phones'
import { createSecret } from '../../cloudfunctions/core/secret'
import { createClaims as given, number, OTHER, refusal } from '../support/phone-claims'
import { VARIABLES } from '../support/server'

describe('a number', () => {
  it('is kept sealed for its user, and opens with the key that sealed it after another seals', async () => {
    const { bind, memory, portsOver } = await given()
    await bind('alice')
    const user = await memory.users.find('alice')
    const rotated = portsOver(memory, `k2:${Buffer.alloc(32, 3).toString('base64')},${VARIABLES.SEALING_KEYS}`)
    const opened = rotated.sealing.open(user?.phone?.sealed ?? '', phonePlace('alice'), 'phone number')
    expect(opened.reveal()).toBe(spelled(number()).reveal())
    expect(user?.phone?.masked).toBe(maskedNumber(number()))
    await expect(bindPhone(rotated, 'bob', number())).rejects.toEqual(refusal('PHONE_TAKEN'))
  })

  it('opens for no other user', async () => {
    const { bind, memory, portsOver } = await given()
    await bind('alice')
    const { sealed = '' } = (await memory.users.find('alice'))?.phone ?? {}
    const { sealing } = portsOver(memory)
    expect(() => sealing.open(sealed, phonePlace('bob'), 'phone number')).toThrow(refusal('INTERNAL'))
  })

  it('of one country is not that of another', async () => {
    const { bind, owners } = await given()
    await bind('alice', { ...number('61234567'), countryCode: '852' })
    await bind('bob', { ...number('61234567'), countryCode: '65' })
    expect(owners()).toHaveLength(2)
  })

  it('bound again by its user changes nothing', async () => {
    const { bind, memory } = await given()
    await bind('alice')
    const before = structuredClone(memory.all())
    await bind('alice')
    expect(memory.all()).toEqual(before)
  })

  it('whose claim and pointer were written by two attempts is made one, and leaves nothing when it is removed', async () => {
    const { bind, remove, memory } = await given()
    const { phone } = await bind('alice')
    await memory.phones.replace({ id: phone?.claim ?? '', owner: 'alice', attempt: 'another' }, phone?.attempt ?? '')
    await bind('alice')
    await remove('alice')
    expect(memory.all().phones).toEqual([])
  })

  it('bound in the place of another sets that one free', async () => {
    const { bind, memory } = await given()
    await bind('alice')
    await bind('alice', OTHER)
    expect(memory.all().phones).toHaveLength(1)
    await bind('bob')
    expect((await memory.users.find('bob'))?.phone?.masked).toBe('120****0005')
  })

  it('is claimed under an id that tells nothing without the index key', async () => {
    const { bind, memory, portsOver } = await given()
    await bind('alice')
    const other = { ...portsOver(memory), indexKey: createSecret('index key', Buffer.alloc(32, 9).toString('base64')) }
    await bindPhone(other, 'bob', number())
    expect(new Set(memory.all().phones.map(({ id }) => id)).size).toBe(2)
  })
})

describe('at the same time', () => {
  it('a hundred users who bind one number leave one owner, and nothing of the others', async () => {
    const users = Array.from({ length: 100 }, (_, n) => `user-${n}`)
    const { bind, owners, memory, pointing } = await given(users)
    const outcomes = await Promise.allSettled(users.map((user) => bind(user)))
    const won = users.filter((_, n) => outcomes[n]?.status === 'fulfilled')
    expect(won).toHaveLength(1)
    expect([owners().map(({ id }) => id), pointing()]).toEqual([won, won])
    expect(memory.all().phones).toHaveLength(1)
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refusal('PHONE_TAKEN'))
  })

  it('a hundred who find a dead claim leave one owner', async () => {
    const users = Array.from({ length: 100 }, (_, n) => `user-${n}`)
    const { bind, owners, remove, memory, pointing } = await given([...users, 'dead'])
    await bind('dead', number(), {}, memory)
    await memory.users.remove('dead')
    const outcomes = await Promise.allSettled(users.map((user) => bind(user)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect([owners().length, pointing().length]).toEqual([1, 1])
    await remove(owners()[0]?.id ?? '')
    expect(memory.all().phones).toEqual([])
  })

  it('twenty who take one number over leave one owner', async () => {
    const users = Array.from({ length: 20 }, (_, n) => `user-${n}`)
    const { bind, owners, pointing } = await given([...users, 'first'])
    await bind('first')
    await Promise.allSettled(users.map((user) => bind(user, number(), { takeOver: true })))
    expect(owners()).toHaveLength(1)
    expect(pointing()).toEqual(owners().map(({ id }) => id))
  })

  it('twenty binds of one number by one user all succeed, with one claim', async () => {
    const { bind, owners, memory } = await given()
    await Promise.all(Array.from({ length: 20 }, () => bind('alice')))
    expect(owners().map(({ id }) => id)).toEqual(['alice'])
    expect(memory.all().phones).toHaveLength(1)
  })

  it.each(Array.from({ length: 20 }, (_, n) => [n]))(
    'two numbers for one user, a removal and another user do not disagree (%i)',
    async (turns) => {
      const { bind, remove, owners, memory, pointing } = await given()
      const later = async () => {
        for (let n = 0; n < turns; n++) await new Promise<void>((resolve) => setImmediate(resolve))
      }
      await Promise.allSettled([
        bind('alice'),
        bind('alice', OTHER),
        later().then(() => remove('alice')),
        later().then(() => bind('bob')),
      ])
      // Who points owns what it points to; a claim that nobody points to is none.
      expect(owners().map(({ id }) => id)).toEqual(pointing())
      const owned = owners().map(({ phone }) => phone?.claim)
      expect(new Set(owned).size).toBe(owned.length)
      expect(memory.all().phones.length).toBeLessThanOrEqual(2)
    },
  )
})
