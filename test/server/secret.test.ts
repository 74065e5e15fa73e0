// Secrets: logged through the real logger in every way there is, they come out masked, in no encoding readable.
import { format, inspect } from 'node:util'
import type { LogLine } from '../../cloudfunctions/core/ports'
import { createSecret, maskOf, type SecretKind } from '../../cloudfunctions/core/secret'
import { createLog } from '../../cloudfunctions/platform/log'

const SECRETS: Array<[SecretKind, string]> = [
  ['session_key', 'tiihtNczf5v6AKRyjwEUhQ=='],
  ['token', 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA'],
  ['code', '0a1B2c000"quoted\\code"/+ä'],
  ['AppSecret', 'c0ffee00c0ffee00c0ffee00c0ffee00'],
  ['sealing key', Buffer.alloc(32, 9).toString('base64')],
  ['index key', Buffer.alloc(32, 10).toString('base64')],
  ['access token', '88_aBcD-eFgH_1234567890'],
  ['phone code', 'a1b2c3"phone\\code"/+ä'],
  ['phone number', '12066600005'],
  ['sealed data', Buffer.alloc(160, 11).toString('base64')],
  ['cloudID', '88_SomeCloudId-1234567890'],
]
const LINE: LogLine = { requestId: 'r1', transport: 'cloud', call: 'login', ms: 12, ok: false }

const readable = (value: string) => [
  value,
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
  Buffer.from(value).toString('base64url'),
  Buffer.from(value).toString('hex'),
  encodeURIComponent(value),
  JSON.stringify(value).slice(1, -1),
]
const leaks = (text: string, value: string) =>
  readable(value).filter((form) => text.toLowerCase().includes(form.toLowerCase()))

describe.each(SECRETS)('a secret of the kind %s', (kind, value) => {
  const secret = createSecret(kind, value)

  it.each<[string, string]>([
    ['joined', `${secret}`],
    ['serialised', JSON.stringify({ deep: [secret] })],
    ['inspected', inspect({ deep: [secret] }, { showHidden: true, depth: 9 })],
    ['formatted', format('%s %o %O %j', secret, secret, secret, secret)],
    ['in an error', String(new Error(`failed with ${secret}`).stack)],
    ['taken apart', JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
  ])('%s shows nothing', (_how, text) => {
    expect(leaks(text, value)).toEqual([])
  })

  it('is masked by the real logger, even where it slipped into a text by value', () => {
    const written: string[] = []
    const log = createLog({ write: (text) => written.push(text) })
    log.write({ ...LINE, reason: `typed ${secret}`, detail: `slipped: ${value}!` }, [secret])
    expect(written).toHaveLength(1)
    expect(written[0]).toContain(`typed ${maskOf(kind)}`)
    expect(written[0]).toContain(`slipped: ${maskOf(kind)}!`)
    expect(leaks(written[0] ?? '', value)).toEqual([])
  })

  it('would be found by this very search if the logger let it through', () => {
    const written: string[] = []
    createLog({ write: (text) => written.push(text) }).write({ ...LINE, detail: value }, [])
    expect(leaks(written[0] ?? '', value)).not.toEqual([])
  })
})

describe('the log', () => {
  it('is one line of JSON, whatever is in it', () => {
    const written: string[] = []
    createLog({ write: (text) => written.push(text) }).write({ ...LINE, detail: 'two\nlines "quoted"' }, [])
    expect(written[0]).not.toContain('\n')
    expect(JSON.parse(written[0] ?? '')).toEqual({ ...LINE, detail: 'two\nlines "quoted"' })
  })

  it('masks the AppSecret in every line', () => {
    const written: string[] = []
    const appSecret = createSecret('AppSecret', 'c0ffee00c0ffee00')
    const log = createLog({ write: (text) => written.push(text) }, { always: () => [appSecret] })
    log.write({ ...LINE, detail: 'GET /?secret=c0ffee00c0ffee00' }, [])
    expect(written[0]).toContain(maskOf('AppSecret'))
    expect(written[0]).not.toContain('c0ffee')
  })
})
