// The access token: one renewal for any number of callers, by none of them twice, and by force only when nothing else helps.
import { createAccessTokens, type Renewal, TokenRefused } from '../../cloudfunctions/core/access-token'
import { createDeadline } from '../../cloudfunctions/core/deadline'
import { Refusal } from '../../cloudfunctions/core/errors'
import { createOpenApi } from '../../cloudfunctions/core/open-api'
import type { TokenUser } from '../../cloudfunctions/core/ports'
import { createSecret } from '../../cloudfunctions/core/secret'
import { createMemoryStores } from '../support/memory-stores'
import { refusedBy } from '../support/refused'
import { createToldClock } from '../support/told-clock'

const HOURS = 7_200_000

/** A WeChat that knows one living token; `normal` gives it, `forced` makes the next. */
const given = () => {
  const clock = createToldClock()
  const obtained: Renewal[] = []
  let living = 1
  let expiresInMs = HOURS
  let hold: Promise<void> = Promise.resolve()
  const tokens = createAccessTokens({
    clock,
    obtain: async (renewal, signal) => {
      obtained.push(renewal)
      await hold
      if (signal.aborted) throw new Refusal('WECHAT_BUSY', 'aborted')
      if (renewal === 'forced') living += 1
      return { token: createSecret('access token', `token-${living}`), expiresInMs }
    },
  })
  const used: string[] = []
  return {
    clock,
    tokens,
    /** How tokens were obtained. */
    obtained,
    /** The tokens that operations ran with. */
    used,
    by: (more: Partial<TokenUser> = {}): TokenUser => ({
      signal: new AbortController().signal,
      mayForce: async () => true,
      hide: () => undefined,
      ...more,
    }),
    /** An operation that succeeds with the living token only. */
    ask: (token: { reveal(): string }) => {
      used.push(token.reveal())
      if (token.reveal() !== `token-${living}`) return Promise.reject(new TokenRefused('errcode 40001'))
      return Promise.resolve(token.reveal())
    },
    /** Somebody else made WeChat issue another. */
    rotate: () => {
      living += 1
    },
    lasts: (ms: number) => {
      expiresInMs = ms
    },
    holdUntil: (released: Promise<void>) => {
      hold = released
    },
  }
}
const refuse = () => Promise.reject(new TokenRefused('errcode 40001'))
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

describe('a token', () => {
  it('is obtained once for fifty callers, and kept for those who follow', async () => {
    const { tokens, by, ask, obtained } = given()
    await Promise.all(times(50, () => tokens.use(by(), ask)))
    await tokens.use(by(), ask)
    expect(obtained).toEqual(['normal'])
  })

  it('is renewed a minute before it ends, not earlier', async () => {
    const { tokens, by, ask, obtained, clock } = given()
    await tokens.use(by(), ask)
    clock.advance(HOURS - 60_001)
    await tokens.use(by(), ask)
    expect(obtained).toHaveLength(1)
    clock.advance(1)
    await tokens.use(by(), ask)
    expect(obtained).toHaveLength(2)
  })

  it('that has less than a minute left serves once', async () => {
    const { tokens, by, ask, obtained, lasts } = given()
    lasts(30_000)
    expect(await tokens.use(by(), ask)).toBe('token-1')
    await tokens.use(by(), ask)
    expect(obtained).toHaveLength(2)
  })

  it('that cannot be obtained fails all who wait, and is obtained anew by the next', async () => {
    const clock = createToldClock()
    let busy = true
    const tokens = createAccessTokens({
      clock,
      obtain: async () => {
        if (busy) throw new Refusal('WECHAT_BUSY', 'busy')
        return { token: createSecret('access token', 't'), expiresInMs: HOURS }
      },
    })
    const outcomes = await Promise.allSettled(times(5, () => tokens.use(given().by(), async () => 'done')))
    expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true)
    busy = false
    await expect(tokens.use(given().by(), async () => 'done')).resolves.toBe('done')
  })

  it('is told to the log before it is used', async () => {
    const { tokens, by, ask } = given()
    const hidden: string[] = []
    await tokens.use(by({ hide: (token) => hidden.push(token.reveal()) }), ask)
    expect(hidden).toEqual(['token-1'])
  })
})

describe('a token that WeChat refuses', () => {
  it('is renewed once for fifty callers, who all ask again', async () => {
    const { tokens, by, ask, obtained, rotate } = given()
    await tokens.use(by(), ask)
    rotate()
    const answers = await Promise.all(times(50, () => tokens.use(by(), ask)))
    expect(new Set(answers)).toEqual(new Set(['token-2']))
    expect(obtained).toEqual(['normal', 'normal'])
  })

  it('is not renewed again for whoever hears of it late', async () => {
    const { tokens, by, ask, obtained, rotate } = given()
    await tokens.use(by(), ask)
    let refuseLate: (cause: Error) => void = () => undefined
    let asked = 0
    const late = tokens.use(by(), (token) => {
      asked += 1
      if (asked > 1) return ask(token)
      return new Promise<string>((_resolve, reject) => {
        refuseLate = reject
      })
    })
    rotate()
    await tokens.use(by(), ask)
    refuseLate(new TokenRefused('errcode 42001'))
    expect(await late).toBe('token-2')
    expect(obtained).toEqual(['normal', 'normal'])
  })

  it('is renewed by force, once for fifty, when WeChat keeps giving it', async () => {
    const { tokens, by, ask, obtained } = given()
    const refusing = (token: { reveal(): string }) => (token.reveal() === 'token-1' ? refuse() : ask(token))
    const answers = await Promise.all(times(50, () => tokens.use(by(), refusing)))
    expect(new Set(answers)).toEqual(new Set(['token-2']))
    expect(obtained.filter((renewal) => renewal === 'forced')).toHaveLength(1)
    expect(obtained.length).toBeLessThanOrEqual(3)
  })

  it('is not renewed by force when that is not allowed now', async () => {
    const { tokens, by, obtained } = given()
    const refused = await refusedBy(tokens.use(by({ mayForce: async () => false }), refuse))
    expect(refused).toMatchObject({ code: 'WECHAT_BUSY', retryAfterMs: 30_000 })
    expect(obtained).toEqual(['normal', 'normal'])
  })

  it('twice ends the operation, which ran twice and no more', async () => {
    const { tokens, by } = given()
    let ran = 0
    const refused = await refusedBy(
      tokens.use(by(), () => {
        ran += 1
        return refuse()
      }),
    )
    expect([refused.code, ran]).toEqual(['WECHAT_BUSY', 2])
  })

  it('does not make an operation run again that failed for another reason', async () => {
    const { tokens, by } = given()
    const operation = jest.fn(() => Promise.reject(new Refusal('PHONE_CODE_INVALID', 'used')))
    expect((await refusedBy(tokens.use(by(), operation))).code).toBe('PHONE_CODE_INVALID')
    expect(operation).toHaveBeenCalledTimes(1)
  })
})

describe('a caller whose request ends while it obtains the token for all', () => {
  it('does not take the others with it', async () => {
    const { tokens, by, ask, holdUntil, obtained } = given()
    let release: () => void = () => undefined
    holdUntil(new Promise<void>((resolve) => (release = resolve)))
    const leader = new AbortController()
    const leading = tokens.use(by({ signal: leader.signal }), ask)
    const following = times(5, () => tokens.use(by(), ask))
    leader.abort()
    release()
    await expect(leading).rejects.toEqual(expect.objectContaining({ code: 'WECHAT_BUSY' }))
    expect(await Promise.all(following)).toEqual(Array(5).fill('token-1'))
    expect(obtained).toEqual(['normal', 'normal'])
  })
})

describe('force', () => {
  /** Asks for permission as a request does, over counters that all instances share. */
  const nobody = () => Promise.reject(new Error('not asked for here'))
  const permission = () => {
    const clock = createToldClock()
    const { counters } = createMemoryStores()
    const ask = async (appid = 'wx00000000000000aa'): Promise<boolean> => {
      let allowed = false
      const weixin = {
        phoneInfo: async (_code: unknown, by: TokenUser) => {
          allowed = await by.mayForce()
        },
        hasSealed: async () => false,
        checkText: async () => undefined,
        checkPicture: async () => undefined,
      }
      const deadline = createDeadline({ clock }, 1000)
      const openApi = createOpenApi({
        clock,
        weixin,
        counters,
        appid: () => appid,
        deadline,
        hide: () => undefined,
        byCloud: undefined,
        openid: nobody,
      })
      await openApi.phoneInfo(createSecret('phone code', 'c'))
      return allowed
    }
    return { clock, ask }
  }

  it('is allowed to one of twenty instances at once', async () => {
    const { ask } = permission()
    expect((await Promise.all(times(20, () => ask()))).filter(Boolean)).toHaveLength(1)
  })

  it.each([1, 15_000, 29_999])('is not allowed again after %i ms, wherever the half minute began', async (ms) => {
    for (const start of [0, 1, 14_999, 29_999]) {
      const { ask, clock } = permission()
      clock.advance(start)
      expect(await ask()).toBe(true)
      clock.advance(ms)
      expect(await ask()).toBe(false)
    }
  })

  it('is allowed to each of two mini-programs over one database', async () => {
    const { ask } = permission()
    expect([await ask(), await ask('wx00000000000000bb'), await ask('wx00000000000000bb')]).toEqual([true, true, false])
  })

  it('is allowed again after a minute, and twenty times a day', async () => {
    const { ask, clock } = permission()
    const allowed: boolean[] = []
    for (let n = 0; n < 25; n++) {
      allowed.push(await ask())
      clock.advance(60_000)
    }
    expect(allowed).toEqual([...Array(20).fill(true), ...Array(5).fill(false)])
    clock.advance(86_400_000)
    expect(await ask()).toBe(true)
  })
})
