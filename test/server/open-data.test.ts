// Opening sealed data: the published samples, and every kind of damage there is.
import { randomBytes } from 'node:crypto'
import { openData } from '../../cloudfunctions/core/open-data'
import { createSecret } from '../../cloudfunctions/core/secret'
import { seal, sealBytes } from '../support/sealed'
import vectors from '../vectors/open-data.json'

const KEY = 'AAECAwQFBgcICQoLDA0ODw=='
const PHONE = { phoneNumber: '13800138000', purePhoneNumber: '13800138000', countryCode: '86' }

const open = (key: string, { encryptedData, iv }: { encryptedData: string; iv: string }) =>
  openData(createSecret('session_key', key), { encryptedData: createSecret('sealed data', encryptedData), iv })

describe('published samples', () => {
  it.each([...vectors.open_data, ...vectors.synthetic])('open to what was published: $id', (sample) => {
    const { session_key: key, iv, encrypted_data: encryptedData, expected_plaintext: plaintext } = sample
    expect(open(key, { encryptedData, iv })).toEqual({ data: JSON.parse(plaintext) })
  })
})

const sound = seal(KEY, PHONE)
const bytes = Buffer.from(sound.encryptedData, 'base64')
const text = (value: string) => sealBytes(KEY, Buffer.from(value))
const raw = (value: Buffer) => sealBytes(KEY, value, { padded: false })
const flipped = (at: number) => {
  const bent = Buffer.from(bytes)
  bent[at] = (bent[at] ?? 0) ^ 1
  return bent.toString('base64')
}

describe('damage', () => {
  it.each<[string, { encryptedData: string; iv: string }, string]>([
    ['empty', { ...sound, encryptedData: '' }, 'length'],
    ['a byte short', { ...sound, encryptedData: bytes.subarray(1).toString('base64') }, 'length'],
    ['longer than any honest data', raw(Buffer.alloc(8192, 16)), 'length'],
    ['no base64', { ...sound, encryptedData: 'no base64!' }, 'base64'],
    ['with a space in it', { ...sound, encryptedData: `${sound.encryptedData} ` }, 'base64'],
    ['in URL-safe letters', { ...sound, encryptedData: Buffer.alloc(16, 0xff).toString('base64url') }, 'base64'],
    [
      'without its padding',
      { ...sound, encryptedData: `${Buffer.alloc(16).toString('base64')}`.slice(0, -2) },
      'base64',
    ],
    ['with stray bits at its end', { ...sound, encryptedData: `${'A'.repeat(21)}B==` }, 'base64'],
    ['with an iv of 15 bytes', { ...sound, iv: Buffer.alloc(15).toString('base64') }, 'length of key or iv'],
    ['with an iv that is no base64', { ...sound, iv: '?' }, 'base64'],
    [
      'with a last block that is cut off',
      { ...sound, encryptedData: bytes.subarray(0, -16).toString('base64') },
      'padding',
    ],
    ['with padding of nothing', raw(Buffer.alloc(16, 0)), 'padding'],
    ['with padding of seventeen', raw(Buffer.alloc(32, 17)), 'padding'],
    ['with padding of unlike bytes', raw(Buffer.from('{"a":"bcdefg"}\x01\x02')), 'padding'],
    ['nothing but padding', raw(Buffer.alloc(16, 16)), 'JSON'],
    ['of bytes that are no UTF-8', sealBytes(KEY, Buffer.from([0x7b, 0xff, 0x7d])), 'UTF-8'],
    ['of UTF-8 with a byte order mark', text('\ufeff{}'), 'JSON'],
    ['of text', text('13800138000 is the number'), 'JSON'],
    ['of an array', text('[{"phoneNumber":"13800138000"}]'), 'not an object'],
    ['of null', text('null'), 'not an object'],
    ['of a number', text('13800138000'), 'not an object'],
  ])('%s does not open', (_what, sealed, failure) => {
    expect(open(KEY, sealed)).toEqual({ failure })
  })

  it.each([
    ['a short key', Buffer.alloc(15).toString('base64'), 'length of key or iv'],
    ['a long key', Buffer.alloc(32).toString('base64'), 'length of key or iv'],
    ['no key', '', 'length of key or iv'],
    ['a key that is no base64', 'session_key', 'base64'],
  ])('does not open with %s', (_what, key, failure) => {
    expect(open(key, sound)).toEqual({ failure })
  })

  it('anywhere but in the iv does not give the same object', () => {
    for (let at = 0; at < bytes.length; at++) {
      expect(open(KEY, { ...sound, encryptedData: flipped(at) })).not.toEqual({ data: PHONE })
    }
  })
})

describe('ten thousand wrong keys', () => {
  it('open nothing, throw nothing, and fail in no other way than those named', () => {
    const failures = new Set<string>()
    for (let n = 0; n < 10_000; n++) {
      const opening = open(randomBytes(16).toString('base64'), sound)
      failures.add('failure' in opening ? opening.failure : 'it opened')
    }
    for (const failure of failures) expect(['padding', 'UTF-8', 'JSON', 'not an object']).toContain(failure)
  })

  it('nor do a thousand wrong ivs: the first block is garbage then', () => {
    for (let n = 0; n < 1000; n++) {
      const opening = open(KEY, { ...sound, iv: randomBytes(16).toString('base64') })
      expect(opening).not.toHaveProperty('data')
    }
  })
})
