// Takes a code and exchanges it: the unit of retry. A code is never sent twice, not even after a timeout.
import type { Call, CallEvent, Envelope, SessionGrant } from '../../../typings/contract'
import { authError, refusalOf } from './errors'
import type { ClockPort, LoginPort, Transport } from './ports'
import type { Retry } from './retry'
import { withTimeout } from './timeout'

/** The call that the code rides on. */
export type Rider<K extends Call = Call> = Pick<CallEvent<K>, 'call' | 'data' | 'expectUser'>

/** An answer to a code: whatever became of the call, the session stands. */
export type Granted<K extends Call = Call> = Envelope<K> & { session: SessionGrant }

interface ExchangePorts {
  login: LoginPort
  transport: Transport
  clock: ClockPort
  retry: Retry
  /** Each `wx.login` may rotate the session_key, so it is noted before. */
  beforeCode: () => Promise<void>
  /** Adds what every event carries. */
  address: <K extends Call>(rider: Rider<K>) => CallEvent<K>
}

export type Exchange = <K extends Call>(rider: Rider<K>, wanted: () => boolean) => Promise<Granted<K>>

export const createExchange = (ports: ExchangePorts, timeouts: { loginMs: number; callMs: number }): Exchange => {
  const { clock, login, transport } = ports

  /** `wanted` turns false when the user signs out meanwhile: then no code is spent any more. */
  const tryOnce = async <K extends Call>(rider: Rider<K>, wanted: () => boolean): Promise<Envelope<K>> => {
    const stillWanted = () => {
      if (!wanted()) throw authError('SIGNED_OUT', 'the user signed out while this login was under way')
    }
    stillWanted()
    await ports.beforeCode()
    const code = await withTimeout(clock, timeouts.loginMs, 'wx.login', login.takeCode())
    stillWanted()
    const event = { ...ports.address(rider), code }
    return withTimeout(clock, timeouts.callMs, `call ${rider.call}`, transport.send<K>(event))
  }

  return (rider, wanted) => {
    let refusedInARow = 0
    const exchange = async (): Promise<Granted<typeof rider.call>> => {
      for (;;) {
        const envelope = await tryOnce(rider, wanted).catch((error: unknown) => {
          refusedInARow = 0
          throw error
        })
        if (envelope.session) return envelope as Granted<typeof rider.call>
        const refusal = refusalOf(envelope) ?? authError('INTERNAL', 'the function spent a code and granted no session')
        if (refusal.code !== 'CODE_INVALID') {
          refusedInARow = 0
          throw refusal
        }
        refusedInARow += 1
        if (refusedInARow > 1) {
          throw authError(
            'MISCONFIGURED',
            'WeChat refused two fresh codes in a row: the AppID of this project is not the WEIXIN_APPID of the function',
            { ...(refusal.requestId === undefined ? {} : { requestId: refusal.requestId }) },
          )
        }
      }
    }
    return ports.retry(exchange)
  }
}
