// Sealing: what is sealed opens in its place with its key, and nowhere else.
import { randomBytes } from 'node:crypto'
import { createSealing, parseKeyring } from '../../cloudfunctions/core/sealing'
import { createSecret } from '../../cloudfunctions/core/secret'

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
const ring = (keys: string, sealWith?: string) =>
  createSealing({ random: { bytes: randomBytes }, keyring: parseKeyring(keys, sealWith) })
const place = { collection: 'identities', id: 'o:1', field: 'key' }
const secret = createSecret('session_key', 'tiihtNczf5v6AKRyjwEUhQ==')
const refused = expect.objectContaining({ code: 'INTERNAL' })

describe('sealing', () => {
  const sealing = ring(`a:${key(1)}`)

  it('opens what it sealed, and the text shows nothing of it', () => {
    const sealed = sealing.seal(secret, place)
    expect(sealing.open(sealed, place, 'session_key').reveal()).toBe(secret.reveal())
    expect(sealed).toMatch(/^v1\.a\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/)
    expect(sealed).not.toContain(secret.reveal().slice(0, 8))
  })

  it('never seals the same way twice', () => {
    expect(sealing.seal(secret, place)).not.toBe(sealing.seal(secret, place))
  })

  it.each([
    ['another document', { ...place, id: 'o:2' }],
    ['another field', { ...place, field: 'previousKey' }],
    ['another collection', { ...place, collection: 'users' }],
  ])('does not open in %s', (_where, elsewhere) => {
    expect(() => sealing.open(sealing.seal(secret, place), elsewhere, 'session_key')).toThrow(refused)
  })

  it.each(['key id', 'iv', 'tag', 'data'].map((name, at) => [name, at + 1] as const))(
    'does not open with a changed %s',
    (_name, at) => {
      const parts = sealing.seal(secret, place).split('.')
      parts[at] = `${parts[at]?.startsWith('A') ? 'B' : 'A'}${parts[at]?.slice(1)}`
      expect(() => sealing.open(parts.join('.'), place, 'session_key')).toThrow(refused)
    },
  )

  it.each(['', 'v1', 'v1.a', 'v2.a.b.c.d', 'v1.a.AAAA.AAAA.AAAA', 'v1.a.b.c.d.e', '.....'])(
    'does not open %j',
    (text) => {
      expect(() => sealing.open(text, place, 'session_key')).toThrow(refused)
    },
  )

  it('refuses a tag cut to four bytes, which could be guessed', () => {
    const [version, id, iv, tag = '', data] = sealing.seal(secret, place).split('.')
    const short = Buffer.from(tag, 'base64url').subarray(0, 4).toString('base64url')
    expect(() => sealing.open([version, id, iv, short, data].join('.'), place, 'session_key')).toThrow(refused)
  })
})

describe('rotating the key', () => {
  const old = ring(`a:${key(1)}`)
  const added = ring(`a:${key(1)},b:${key(2)}`)
  const promoted = ring(`a:${key(1)},b:${key(2)}`, 'b')
  const retired = ring(`b:${key(2)}`)

  it('seals with the first key until another is promoted', () => {
    expect(added.seal(secret, place)).toMatch(/^v1\.a\./)
    expect(promoted.seal(secret, place)).toMatch(/^v1\.b\./)
  })

  it('opens old texts after the promotion, and new ones on instances that only know of the added key', () => {
    expect(promoted.open(old.seal(secret, place), place, 'session_key').reveal()).toBe(secret.reveal())
    expect(added.open(promoted.seal(secret, place), place, 'session_key').reveal()).toBe(secret.reveal())
  })

  it('no longer opens what a retired key sealed', () => {
    expect(() => retired.open(old.seal(secret, place), place, 'session_key')).toThrow(refused)
  })
})

describe('SEALING_KEYS', () => {
  it.each([
    ['nothing', ''],
    ['no id', key(1)],
    ['a short key', `a:${Buffer.alloc(16).toString('base64')}`],
    ['base64url', `a:${Buffer.alloc(32, 255).toString('base64url')}`],
    ['a trailing comma', `a:${key(1)},`],
    ['an id with a dot', `a.b:${key(1)}`],
    ['the same id twice', `a:${key(1)},a:${key(2)}`],
  ])('with %s is a misconfiguration that names the variable and shows no key', (_what, text) => {
    const act = () => parseKeyring(text, undefined)
    expect(act).toThrow(
      expect.objectContaining({ code: 'MISCONFIGURED', message: expect.stringContaining('SEALING_KEYS') }),
    )
    expect(act).not.toThrow(key(1).slice(0, 20))
  })

  it('may stand with blanks around its entries', () => {
    expect([...parseKeyring(` a:${key(1)} , b:${key(2)} `, undefined).keys.keys()]).toEqual(['a', 'b'])
  })

  it('has SEALING_WITH name one of its keys', () => {
    expect(() => parseKeyring(`a:${key(1)}`, 'b')).toThrow(
      expect.objectContaining({ code: 'MISCONFIGURED', message: expect.stringContaining('SEALING_WITH') }),
    )
  })
})
