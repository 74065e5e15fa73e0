// The frame of one invocation: a deadline, one line in the log, and a value or a refusal; it never throws.
import { createDeadline, type Deadline } from './core/deadline'
import { asRefusal, type Refusal } from './core/errors'
import type { Clock, Log, LogLine, Random } from './core/ports'
import type { Secret } from './core/secret'
import { isObject } from './core/shape'

export interface FramePorts {
  clock: Clock
  random: Random
  log: Log
}

/** What is learned on the way and outlives a failure. */
export interface Trail {
  hidden: Secret[]
  /** `call` is what the line is about. */
  line: Pick<LogLine, 'call' | 'identity' | 'user' | 'grant' | 'detail'>
}

export type Framed<T> = { requestId: string } & ({ ok: true; value: T } | { ok: false; refusal: Refusal })

const DEFAULT_LIMIT_MS = 3000 // what WeChat gives a function that nobody configured
const MARGIN_MS = 400 // the platform kills at its limit, and the answer must be on its way by then, even after a pause

/** `context` is the platform's second argument. The work may write to the trail until it ends. */
export const createFrame =
  ({ clock, random, log }: FramePorts) =>
  async <T>(
    context: unknown,
    { transport, trail }: { transport: string; trail: Trail },
    work: (deadline: Deadline) => Promise<T>,
  ): Promise<Framed<T>> => {
    const startedAt = clock.now()
    const { requestId = random.bytes(16).toString('hex'), limitMs } = contextOf(context)
    const deadline = createDeadline({ clock }, Math.max(limitMs - MARGIN_MS, limitMs / 2))
    let framed: Framed<T>
    try {
      framed = { requestId, ok: true, value: await deadline.run(() => work(deadline)) }
    } catch (cause) {
      framed = { requestId, ok: false, refusal: asRefusal(cause) }
    }
    deadline.close()
    const line = {
      requestId,
      transport,
      ...trail.line,
      ms: clock.now() - startedAt,
      ok: framed.ok,
      ...(!framed.ok && reasonOf(framed.refusal)),
    }
    quietly(() => log.write(line, trail.hidden))
    return framed
  }

const reasonOf = ({ code, message, detail }: Refusal) => ({
  code,
  reason: message,
  ...(detail !== undefined && { detail }),
})

/** A line that cannot be written must not cost the caller the answer. */
const quietly = (write: () => void) => {
  try {
    write()
  } catch {
    // There is nowhere left to say so.
  }
}

const contextOf = (context: unknown): { requestId?: string; limitMs: number } => {
  const { request_id: id, time_limit_in_ms: limit } = isObject(context) ? context : {}
  return {
    ...(typeof id === 'string' && /^[\w-]{1,64}$/.test(id) && { requestId: id }),
    limitMs: typeof limit === 'number' && limit > 0 && Number.isFinite(limit) ? limit : DEFAULT_LIMIT_MS,
  }
}
