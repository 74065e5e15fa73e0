// Takes a code and exchanges it: the unit of retry. A code is never sent twice, not even after a timeout.
import type { Call, Envelope, SessionGrant } from '../../../typings/contract'
import type { Deliver, Parcel } from './deliver'
import { authError, refusalOf } from './errors'
import type { ClockPort, LoginPort } from './ports'
import type { Retry } from './retry'
import { withTimeout } from './timeout'

/** The call that the code rides on; with a token where it rides beside one. */
export type Rider<K extends Call = Call> = Omit<Parcel<K>, 'code'>

/** An answer to a code: whatever became of the call, the session stands. */
export type Granted<K extends Call = Call> = Envelope<K> & { session: SessionGrant }

interface ExchangePorts {
  login: LoginPort
  deliver: Deliver
  clock: ClockPort
  retry: Retry
  /** Each `wx.login` may rotate the session_key, so it is noted before. */
  beforeCode: () => Promise<void>
}

/** `wanted` turns false when the user signs out meanwhile: then no code is spent any more, and it rejects with SIGNED_OUT. */
export interface Exchange {
  /** One code, sent once; whatever comes back is the answer. */
  once<K extends Call>(rider: Rider<K>, wanted: () => boolean): Promise<Envelope<K>>
  /** As many codes as it takes, by the rules of retry, until one brings a session. */
  forSession<K extends Call>(rider: Rider<K>, wanted: () => boolean): Promise<Granted<K>>
}

export const createExchange = (ports: ExchangePorts, timeouts: { loginMs: number }): Exchange => {
  const { clock, deliver, login } = ports

  const once = async <K extends Call>(rider: Rider<K>, wanted: () => boolean): Promise<Envelope<K>> => {
    const stillWanted = () => {
      if (!wanted()) throw authError('SIGNED_OUT', 'signed out meanwhile')
    }
    stillWanted()
    await ports.beforeCode()
    const code = await withTimeout(clock, timeouts.loginMs, 'wx.login', login.takeCode())
    stillWanted()
    return deliver({ ...rider, code })
  }

  const forSession = <K extends Call>(rider: Rider<K>, wanted: () => boolean): Promise<Granted<K>> => {
    const exchange = async (): Promise<Granted<K>> => {
      for (let refused = false; ; refused = true) {
        const envelope = await once(rider, wanted)
        if (envelope.session) return envelope as Granted<K>
        const refusal = refusalOf(envelope) ?? authError('INTERNAL', 'a code spent, no session granted')
        if (refusal.code !== 'CODE_INVALID') throw refusal
        if (refused) {
          throw authError(
            'MISCONFIGURED',
            'two fresh codes refused: this AppID is not the WEIXIN_APPID of the function',
            { requestId: refusal.requestId },
          )
        }
      }
    }
    return ports.retry(exchange)
  }

  return { once, forSession }
}
