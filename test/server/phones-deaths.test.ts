// Claims on numbers: wherever somebody dies, is deleted, or is not heard, one number is one user's.
import { removePhone } from '../../cloudfunctions/core/phones'
import {
  bent,
  cut,
  dies,
  diesAfter,
  createClaims as given,
  LIMIT,
  lost,
  number,
  OTHER,
  quiet,
  refusal,
  type Verb,
} from '../support/phone-claims'
import { refusedBy } from '../support/refused'

describe('a claim', () => {
  it.each<[string, Verb, (act: () => Promise<unknown>) => Promise<unknown>]>([
    ['right after it was made', 'phones.add', diesAfter],
    ['before its user pointed to it', 'users.point', dies],
  ])('whose writer died %s blocks its number only as long as that one could have lived', async (_when, verb, how) => {
    const { bind, clock, memory, owners } = await given()
    void bind('alice', number(), {}, bent(memory, verb, how))
    await quiet()
    expect(memory.all().phones).toHaveLength(1)
    await expect(bind('bob')).rejects.toEqual(refusal('PHONE_TAKEN'))
    clock.advance(LIMIT)
    await bind('bob')
    expect(owners().map(({ id }) => id)).toEqual(['bob'])
  })

  it('whose writer died after the user pointed to it is the user’s', async () => {
    const { bind, clock, memory, owners } = await given()
    void bind('alice', number(), {}, bent(memory, 'users.point', diesAfter))
    await quiet()
    clock.advance(LIMIT)
    await expect(bind('bob')).rejects.toEqual(refusal('PHONE_TAKEN'))
    await bind('alice')
    expect(owners().map(({ id }) => id)).toEqual(['alice'])
  })

  it('of a user who died while its number was set free blocks nobody', async () => {
    const { bind, memory, owners } = await given()
    await bind('alice')
    void removePhone(bent(memory, 'phones.takeBack', dies), 'alice')
    await quiet()
    await bind('bob')
    expect(owners().map(({ id }) => id)).toEqual(['bob'])
  })

  it.each<[string, object | undefined]>([
    ['gone', undefined],
    ['going', { deletedAt: 1 }],
  ])('of a user who is %s is free at once', async (_how, mark) => {
    const { bind, memory } = await given()
    const alice = await bind('alice')
    await memory.users.remove('alice')
    if (mark) await memory.users.add({ ...alice, ...mark })
    expect((await bind('bob')).phone?.masked).toBe('120****0005')
  })

  it('left by its own user is simply taken up', async () => {
    const { bind, memory, owners } = await given()
    void bind('alice', number(), {}, bent(memory, 'users.point', dies))
    await quiet()
    await bind('alice')
    expect(owners().map(({ id }) => id)).toEqual(['alice'])
  })

  it('that was taken meanwhile, by a clock that ran ahead, takes its late pointer back', async () => {
    const { bind, clock, memory, owners, pointing } = await given()
    let pointLate = () => {}
    const held = bind(
      'alice',
      number(),
      {},
      bent(memory, 'users.point', async (act) => {
        await new Promise<void>((resolve) => {
          pointLate = resolve
        })
        return act()
      }),
    )
    await quiet()
    clock.advance(LIMIT)
    await bind('bob')
    pointLate()
    await expect(held).rejects.toEqual(refusal('PHONE_TAKEN'))
    expect([owners().map(({ id }) => id), pointing()]).toEqual([['bob'], ['bob']])
  })

  it.each<[string, 'users.point' | 'phones.takeBack']>([
    ['pointer', 'users.point'],
    ['release of the number it had before', 'phones.takeBack'],
  ])('whose writer is dead takes nothing from its next owner when the last %s lands late', async (_what, verb) => {
    const { bind, clock, memory, owners, pointing } = await given()
    let land = async (): Promise<unknown> => undefined
    const late = (act: () => Promise<unknown>) => {
      land = act
      return dies()
    }
    const mine = verb === 'users.point' ? number() : OTHER
    if (verb === 'phones.takeBack') await bind('alice')
    void bind('alice', mine, {}, bent(memory, verb, late))
    await quiet()
    clock.advance(LIMIT)
    if (verb === 'phones.takeBack') await bind('alice')
    else await bind('bob')
    await land()
    expect(owners()).toHaveLength(1)
    expect(pointing()).toEqual(owners().map(({ id }) => id))
  })

  it('that a pointer lost to another is forgotten when its user binds again', async () => {
    const { bind, memory, owners, pointing } = await given()
    const { phone } = await bind('alice')
    await memory.phones.takeBack(phone?.claim ?? '', phone?.attempt ?? '')
    await bind('bob')
    expect(pointing()).toEqual(['alice', 'bob'])
    await expect(bind('alice')).rejects.toEqual(refusal('PHONE_TAKEN'))
    expect([owners().map(({ id }) => id), pointing()]).toEqual([['bob'], ['bob']])
  })
})

describe('an answer that is lost', () => {
  it.each<[Verb, (act: () => Promise<unknown>) => Promise<unknown>, string]>([
    ['phones.add', lost, 'ok'],
    ['users.point', lost, 'ok'],
    ['phones.add', cut, 'failed'],
    ['users.point', cut, 'failed'],
  ])('of %s leaves either a bound number or nothing', async (verb, how, expected) => {
    const { bind, memory, owners } = await given()
    const outcome = await bind('alice', number(), {}, bent(memory, verb, how)).then(
      () => 'ok',
      () => 'failed',
    )
    expect(outcome).toBe(expected)
    expect([owners().length, memory.all().phones.length]).toEqual(expected === 'ok' ? [1, 1] : [0, 0])
  })

  it('of the very last write leaves the number bound, and the repeat says so', async () => {
    const { bind, memory, owners } = await given()
    await expect(bind('alice', number(), {}, bent(memory, 'phones.settle', lost))).rejects.toThrow('lost')
    await bind('alice')
    expect(owners().map(({ id }) => id)).toEqual(['alice'])
  })
})

describe('a take-over', () => {
  it('leaves the old owner without the number', async () => {
    const { bind, memory, owners } = await given()
    await bind('alice')
    await bind('bob', number(), { takeOver: true })
    expect(owners().map(({ id }) => id)).toEqual(['bob'])
    expect(await memory.users.find('alice')).not.toHaveProperty('phone')
  })

  it('that comes before the first owner heard of the bind is not hidden from them', async () => {
    const { bind, clock, memory, owners, pointing } = await given()
    const overtaken = bent(memory, 'phones.settle', async (act) => {
      clock.advance(LIMIT)
      await bind('bob', number(), { takeOver: true }, memory)
      return act()
    })
    await expect(bind('alice', number(), {}, overtaken)).rejects.toEqual(refusal('PHONE_TAKEN'))
    expect([owners().map(({ id }) => id), pointing()]).toEqual([['bob'], ['bob']])
  })

  it('is not needed for a number that nobody has', async () => {
    const { bind } = await given()
    expect((await bind('bob', number(), { takeOver: true })).phone).toBeDefined()
  })

  it.each<[string, Verb, (act: () => Promise<unknown>) => Promise<unknown>]>([
    ['after the old owner’s pointer', 'users.unpoint', diesAfter],
    ['before the claim moved', 'phones.replace', dies],
    ['after the claim moved', 'phones.replace', diesAfter],
    ['before the new pointer', 'users.point', dies],
  ])('that dies %s leaves the number to whoever proves it next', async (_where, verb, how) => {
    const { bind, clock, memory, owners } = await given()
    await bind('alice')
    void bind('bob', number(), { takeOver: true }, bent(memory, verb, how))
    await quiet()
    clock.advance(LIMIT)
    expect(owners()).toEqual([])
    await bind('bob')
    expect(owners().map(({ id }) => id)).toEqual(['bob'])
  })
})

describe('a user who is deleted in between', () => {
  it.each<[string, object | undefined]>([
    ['marked', { deletedAt: 1 }],
    ['gone', undefined],
  ])('and %s leaves no claim', async (_how, mark) => {
    const { bind, memory } = await given()
    const after = bent(memory, 'phones.add', async (act) => {
      const added = await act()
      await memory.users.remove('alice')
      if (mark) await memory.users.add({ id: 'alice', createdAt: 1, ...mark })
      return added
    })
    expect((await refusedBy(bind('alice', number(), {}, after))).code).toBe('SESSION_EXPIRED')
    expect(memory.all().phones).toEqual([])
  })

  it('after the pointer was written takes both back', async () => {
    const { bind, memory, pointing } = await given()
    const after = bent(memory, 'users.point', async (act) => {
      const pointed = await act()
      const user = await memory.users.find('alice')
      await memory.users.remove('alice')
      if (user) await memory.users.add({ ...user, deletedAt: 1 })
      return pointed
    })
    expect((await refusedBy(bind('alice', number(), {}, after))).code).toBe('SESSION_EXPIRED')
    expect([memory.all().phones, pointing()]).toEqual([[], []])
  })
})
