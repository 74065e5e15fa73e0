// The stage: every operation of every face crosses it, where faults bend it and the trace keeps it.

import type { FaultBook } from './faults'
import type { ConnectionLost, HopStart, Stage } from './ports'
import type { TraceBook } from './trace'
import type { Clock, FaultSpec } from './types'

/** What a `fail` fault throws: the device hands it to `fail` as it is. */
export class DeviceRefusal extends Error {
  override readonly name = 'DeviceRefusal'
  constructor(readonly failure: { errMsg: string; errno?: number; errCode?: number }) {
    super(failure.errMsg)
  }
}

class LostConnection extends Error implements ConnectionLost {
  override readonly name = 'ConnectionLost'
  constructor(readonly lost: 'cut' | 'lost') {
    super(lost === 'cut' ? 'the connection was cut before the operation' : 'the answer was lost on the way back')
  }
}

export const isConnectionLost = (error: unknown): error is ConnectionLost => error instanceof LostConnection

export function createStage({ clock, faults, trace }: { clock: Clock; faults: FaultBook; trace: TraceBook }): Stage {
  return {
    async run<T>(start: HopStart, operation: () => T | Promise<T>, refuse: (errcode: number) => Error): Promise<T> {
      const at = clock.now()
      const began = performance.now()
      const finish = (end: { error?: string; reply?: unknown }) =>
        trace.add({ ...start, ...end, at, ms: Math.round((performance.now() - began) * 1000) / 1000 })

      const bend = faults.next(start.op, start.account)
      try {
        const answer = bend?.answer
        if (answer === 'silence') {
          finish({ error: `silence (fault ${String(bend?.id)})` })
          return await new Promise<T>(() => undefined)
        }
        if (answer === 'cut') throw new LostConnection('cut')
        if (answer === 'hold') await bend?.wait()
        if (typeof answer === 'object') await obey(answer, clock, start, refuse)
        const reply = await operation()
        if (answer === 'lost') throw new LostConnection('lost')
        finish({ reply })
        return reply
      } catch (error) {
        finish({ error: describe(error) })
        throw error
      }
    },
  }
}

/** A fault that is an object: waits, or throws the refusal it asks for. */
async function obey(
  answer: Exclude<FaultSpec['answer'], string>,
  clock: Clock,
  { from, op }: HopStart,
  refuse: (errcode: number) => Error,
): Promise<void> {
  if ('delayMs' in answer) await new Promise<void>((resolve) => clock.setTimeout(resolve, answer.delayMs))
  else if ('errcode' in answer) throw refuse(answer.errcode)
  else if (from === 'mini-program') throw new DeviceRefusal(answer.fail)
  else throw new Error(`a \`fail\` fault bends calls of \`wx\` only; ${op} is none: use { errcode }`)
}

/** errcode, errMsg or code of a failure, in one short line. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (isConnectionLost(error)) return error.lost
  const number = ['errcode', 'errCode', 'code'].map((key): unknown => Reflect.get(error, key)).find(isCode)
  return number === undefined ? error.message : `${number} ${error.message}`
}

const isCode = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'
