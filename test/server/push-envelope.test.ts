// The envelope of a push: what WeChat published opens, whatever was changed on the way does not.
import { randomBytes } from 'node:crypto'
import { asRefusal } from '../../cloudfunctions/core/errors'
import { checkStamp, FRESH_MS, openEnvelope } from '../../cloudfunctions/core/push-envelope'
import { createSecret } from '../../cloudfunctions/core/secret'
import { PUSH_KEY, PUSH_TOKEN, sealPush, signed } from '../support/pushes'
import vectors from '../vectors/open-data.json'

const APPID = 'wx00000000000000aa'
const NOW = 1_790_000_000_000
const TIMESTAMP = '1790000000'
const key = createSecret('push key', PUSH_KEY)
const token = createSecret('push token', PUSH_TOKEN)
const trust = { token, now: NOW }
const outcomeOf = (act: () => unknown): string => {
  try {
    act()
    return 'ok'
  } catch (cause) {
    return asRefusal(cause).code
  }
}

/** The sample of the page that `push-envelope.ts` names. */
const PUBLISHED = {
  token: 'AAAAA',
  key: 'A'.repeat(43),
  appid: 'wxba5fad812f8e6fb9',
  timestamp: '1714112445',
  nonce: '415670741',
  signature: '046e02f8204d34f8ba5fa3b1db94908f3df2e9b3',
  encrypt:
    '+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=',
}
const [older] = vectors.message_push

describe('what WeChat published', () => {
  it('holds and opens: the sample of the documentation', () => {
    const { timestamp, nonce, signature, encrypt } = PUBLISHED
    checkStamp({ timestamp, nonce, signature }, [encrypt], {
      token: createSecret('push token', PUBLISHED.token),
      now: Number(timestamp) * 1000,
    })
    const text = openEnvelope(encrypt, { key: createSecret('push key', PUBLISHED.key), appid: PUBLISHED.appid })
    expect(JSON.parse(text)).toMatchObject({ MsgType: 'event', Event: 'debug_demo', debug_str: 'hello world' })
  })

  it('holds: the address check of the documentation', () => {
    const stamp = {
      timestamp: '1714036504',
      nonce: '1514711492',
      signature: 'f464b24fc39322e44b38aa78f5edd27bd1441696',
    }
    const now = 1_714_036_504_000
    expect(() => checkStamp(stamp, [], { token: createSecret('push token', 'AAAAA'), now })).not.toThrow()
  })

  it('holds and opens: the sample of the SDK', () => {
    if (older === undefined) throw new Error('no vector')
    const { timestamp, nonce, msg_signature: signature, encrypt, encoding_aes_key, appid } = older
    const now = Number(timestamp) * 1000
    checkStamp({ timestamp, nonce, signature }, [encrypt], { token: createSecret('push token', older.token), now })
    const opened = openEnvelope(encrypt, { key: createSecret('push key', encoding_aes_key), appid })
    expect(opened).toBe(older.expected_message)
  })
})

describe('the stamp', () => {
  const stamp = (changes: object = {}) => ({
    timestamp: TIMESTAMP,
    nonce: 'nonce1',
    signature: signed(PUSH_TOKEN, TIMESTAMP, 'nonce1', 'sealed'),
    ...changes,
  })

  it('holds as it was made', () => {
    expect(() => checkStamp(stamp(), ['sealed'], trust)).not.toThrow()
  })

  it.each<[string, object, string[]]>([
    ['another signature', { signature: signed('another', TIMESTAMP, 'nonce1', 'sealed') }, ['sealed']],
    ['an empty signature', { signature: '' }, ['sealed']],
    ['a signature in capitals', { signature: stamp().signature.toUpperCase() }, ['sealed']],
    ['the signature without the ciphertext', { signature: signed(PUSH_TOKEN, TIMESTAMP, 'nonce1') }, ['sealed']],
    ['another ciphertext', {}, ['Sealed']],
    ['another nonce', { nonce: 'nonce2' }, ['sealed']],
    ['another time', { timestamp: '1790000001' }, ['sealed']],
    ['no nonce', { nonce: '' }, ['sealed']],
    ['a time in milliseconds', { timestamp: `${TIMESTAMP}000` }, ['sealed']],
    ['no time', { timestamp: '' }, ['sealed']],
  ])('does not hold with %s', (_what, changes, parts) => {
    expect(outcomeOf(() => checkStamp(stamp(changes), parts, trust))).toBe('NOT_PERMITTED')
  })

  it.each([FRESH_MS + 1000, -FRESH_MS - 1000])('is stale %i ms from now, though it was signed so', (away) => {
    expect(outcomeOf(() => checkStamp(stamp(), ['sealed'], { token, now: NOW + away }))).toBe('NOT_PERMITTED')
    expect(() => checkStamp(stamp(), ['sealed'], { token, now: NOW + away - Math.sign(away) * 1000 })).not.toThrow()
  })
})

describe('the envelope', () => {
  const open = (encrypt: string, changes: { appid?: string } = {}) =>
    openEnvelope(encrypt, { key, appid: APPID, ...changes })

  it.each([0, 1, 11, 12, 13, 31, 32, 33, 4000])('opens with a message of %i bytes', (length) => {
    expect(open(sealPush('x'.repeat(length), { appid: APPID }))).toBe('x'.repeat(length))
  })

  it('keeps what is not ASCII', () => {
    expect(open(sealPush('微信 🎉', { appid: APPID }))).toBe('微信 🎉')
  })

  it.each<[string, () => string]>([
    ['for another mini-program', () => sealPush('{}', { appid: 'wx00000000000000bb' })],
    ['for one whose AppID only begins like ours', () => sealPush('{}', { appid: `${APPID}b` })],
    ['for nobody', () => sealPush('{}', { appid: '' })],
    ['sealed with another key', () => sealPush('{}', { appid: APPID, key: 'B'.repeat(43) })],
    ['of noise', () => randomBytes(64).toString('base64')],
    ['of nothing', () => ''],
    ['of half a block', () => randomBytes(16).toString('base64')],
    ['that is no base64', () => `${sealPush('{}', { appid: APPID })}*`],
    ['that is cut short', () => sealPush('{}'.padEnd(200), { appid: APPID }).slice(0, 128)],
  ])('does not open %s', (_what, encrypt) => {
    expect(outcomeOf(() => open(encrypt()))).toBe('NOT_PERMITTED')
  })

  it('does not open when any one byte is another, without telling where', () => {
    const sealed = Buffer.from(sealPush('{"Event":"x"}', { appid: APPID }), 'base64')
    const outcomes = [...sealed.keys()].map((index) => {
      const damaged = Buffer.from(sealed)
      damaged.writeUInt8((damaged.readUInt8(index) + 1) % 256, index)
      return outcomeOf(() => open(damaged.toString('base64')))
    })
    // A byte of the seed or of the message may change unseen: the signature is what keeps those.
    expect(new Set(outcomes)).toEqual(new Set(['NOT_PERMITTED', 'ok']))
    expect(outcomes.slice(-32).every((outcome) => outcome === 'NOT_PERMITTED')).toBe(true)
  })
})
