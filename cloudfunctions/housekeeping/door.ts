// The door of the function `housekeeping`: the timer's alone.
import { open } from '../core/access'
import type { Deadline } from '../core/deadline'
import { Refusal } from '../core/errors'
import { type Tidied, tidy } from '../core/housekeeping'
import { isHttpEvent } from '../core/http'
import { createOpenApi } from '../core/open-api'
import { createSealing } from '../core/sealing'
import { isClientSource, isHttpSource } from '../core/sources'
import { askAgain } from '../core/verdicts'
import { createFrame, type Trail } from '../frame'
import type { ServePorts } from '../serve'

/** `(event, context) => what was done`, in numbers; rejects when nothing could be done, so that the console shows it. */
export const createHousekeeping = (ports: ServePorts) => {
  const { clock, random, environment, weixin, cloud } = ports
  const frame = createFrame(ports)

  const tidied = async (event: unknown, deadline: Deadline, trail: Trail): Promise<Tidied> => {
    const { caller, stores, storage } = open(cloud, deadline)
    const { openid, source } = caller
    if (openid !== undefined || isClientSource(source) || isHttpSource(source) || isHttpEvent(event)) {
      throw new Refusal('NOT_PERMITTED', 'housekeeping is done by the timer')
    }
    return tidy({
      clock,
      random,
      stores,
      storage,
      deadline,
      appid: environment.appidIfSet(),
      askAgain: async (check) =>
        askAgain(
          {
            clock,
            random,
            stores,
            storage,
            deadline,
            // Read only when something is to be asked: whatever else there is to do needs neither.
            appid: environment.appid(),
            sealing: createSealing({ random, keyring: environment.keyring() }),
            // Nobody calls, so WeChat is asked by token.
            checkPicture: (url, openid) => {
              trail.hidden.push(openid)
              const { counters } = stores
              const hide = trail.hidden.push.bind(trail.hidden)
              return createOpenApi({
                clock,
                weixin,
                counters,
                appid: environment.appid,
                deadline,
                hide,
                byCloud: undefined,
                openid: async () => openid,
              }).checkPicture(url)
            },
          },
          check,
        ),
    })
  }

  return async (event: unknown, context?: unknown): Promise<Tidied> => {
    const trail: Trail = { hidden: [], line: { call: '(housekeeping)' } }
    const framed = await frame(context, { transport: 'timer', trail }, async (deadline) => {
      const done = await tidied(event, deadline, trail)
      trail.line.detail = JSON.stringify(done)
      return done
    })
    if (framed.ok) return framed.value
    throw new Error(`${framed.refusal.code}: the log has the reason under ${framed.requestId}`)
  }
}
