// The access token: one per process, renewed early, by one caller for all, and only when it is the one that was refused.
import { Refusal } from './errors'
import type { Clock, TokenUser } from './ports'
import type { Secret } from './secret'

/** `forced` makes WeChat issue a new token and ends the old one for everybody. */
export type Renewal = 'normal' | 'forced'

export interface AccessTokenPorts {
  clock: Clock
  /** Asks WeChat; rejects soon after `signal` aborts. */
  obtain(renewal: Renewal, signal: AbortSignal): Promise<{ token: Secret; expiresInMs: number }>
}

/** What an operation throws when WeChat refuses its token: 40001, 40014, 42001. Nothing was done then. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused'
}

export interface AccessTokens {
  /** Runs an operation with a token, and once more with another when the first is refused. */
  use<T>(by: TokenUser, operation: (token: Secret) => Promise<T>): Promise<T>
}

const MARGIN_MS = 60_000 // renewed before WeChat refuses it; every answer of stable_token has 300 s left at least
const FORCED_AGAIN_MS = 30_000

export const createAccessTokens = (
  { clock, obtain }: AccessTokenPorts,
  { marginMs = MARGIN_MS }: { marginMs?: number } = {},
): AccessTokens => {
  let current: { token: Secret; until: number } | undefined
  const flights = new Map<Renewal, { token: Promise<Secret>; signal: AbortSignal }>()

  /** Only what was refused is dropped: another caller may have renewed it long ago. */
  const drop = (refused: Secret) => {
    if (current && same(current.token, refused)) current = undefined
  }

  const obtained = async (renewal: Renewal, by: TokenUser): Promise<Secret> => {
    if (renewal === 'forced' && !(await by.mayForce())) {
      const retryAfterMs = FORCED_AGAIN_MS
      throw new Refusal('WECHAT_BUSY', 'WeChat refuses its access token and gives no other yet', { retryAfterMs })
    }
    const asked = clock.now()
    const { token, expiresInMs } = await obtain(renewal, by.signal)
    current = { token, until: asked + expiresInMs - marginMs }
    return token
  }

  /** One flight for all; one that ended with its leader's request does not end those who only waited. */
  const renewed = async (renewal: Renewal, by: TokenUser): Promise<Secret> => {
    for (;;) {
      const standing = flights.get(renewal)
      if (standing === undefined) break
      try {
        return await standing.token
      } catch (failure) {
        if (!standing.signal.aborted || by.signal.aborted) throw failure
      }
    }
    const mine = { token: obtained(renewal, by), signal: by.signal }
    flights.set(renewal, mine)
    try {
      return await mine.token
    } finally {
      if (flights.get(renewal) === mine) flights.delete(renewal)
    }
  }

  const usable = async (renewal: Renewal, by: TokenUser): Promise<Secret> =>
    current && clock.now() < current.until ? current.token : renewed(renewal, by)

  const another = async (refused: Secret, by: TokenUser): Promise<Secret> => {
    drop(refused)
    const token = await usable('normal', by)
    if (!same(token, refused)) return token
    // Even the token that WeChat keeps stable is refused: only force helps.
    drop(refused)
    return usable('forced', by)
  }

  return {
    use: async (by, operation) => {
      const tried = async (token: Secret) => {
        by.hide(token)
        return operation(token)
      }
      const first = await usable('normal', by)
      try {
        return await tried(first)
      } catch (failure) {
        if (!(failure instanceof TokenRefused)) throw failure
      }
      const second = await another(first, by)
      try {
        return await tried(second)
      } catch (failure) {
        if (!(failure instanceof TokenRefused)) throw failure
        drop(second)
        const detail = `${failure.message}, twice`
        throw new Refusal('WECHAT_BUSY', 'WeChat refuses the access token that it has just given', { detail })
      }
    },
  }
}

const same = (a: Secret, b: Secret): boolean => a.reveal() === b.reveal()
