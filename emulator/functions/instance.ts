// One worker thread seen from the host: invocations go in, results and printed lines come out, the clock is passed on.
import { Worker } from 'node:worker_threads'
import { type ClockFollower, captureRealTime } from '../clock'
import type { LogLine } from '../types'
import { MEMORY_LIMIT_MB } from './context'
import { createLineCutter } from './log-lines'
import type { FromWorker, ToWorker, WorkerStart } from './protocol'
import { workerCode } from './worker-code'

/** Taken before any test can put an emulated clock on the globals. */
const real = captureRealTime()

/** A worker caught in a loop cannot say that its timers have fired; nobody waits for it longer than this. */
const STUCK_MS = 2000

export type Outcome =
  | { type: 'done'; result: string }
  | { type: 'failed'; stack: string }
  | { type: 'died'; why: string }

export interface Instance {
  readonly alive: boolean
  /** Settles when the handler has; `onStarted` is told when it begins. Never rejects. */
  invoke(call: Omit<Extract<ToWorker, { type: 'invoke' }>, 'type'>, onStarted: () => void): Promise<Outcome>
  terminate(): Promise<void>
}

export interface InstancePorts {
  clock: { readonly offset: number; follow(listener: ClockFollower): () => void }
  onLog(line: LogLine): void
}

export function createInstance(
  { clock, onLog }: InstancePorts,
  {
    name,
    entry,
    env,
    preload,
  }: { name: string; entry: string; env: Record<string, string>; preload: readonly string[] },
): Instance {
  const lines = createLineCutter(name, onLog)
  const jumps = new Map<number, () => void>()
  let running: { id: string; started: () => void; settle: (outcome: Outcome) => void } | undefined
  let loaded = false
  let alive = true
  let lastJump = 0
  let lastWords: string | undefined

  const worker = new Worker(workerCode(), {
    eval: true,
    env,
    // Without these a worker inherits the loaders of tsx, and prints past us.
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
    workerData: { entry, clockOffset: clock.offset, preload } satisfies WorkerStart,
  })
  const send = (message: ToWorker) => worker.postMessage(message)

  const settle = (outcome: Outcome) => {
    const call = running
    running = undefined
    call?.settle(outcome)
  }

  const unfollow = clock.follow((offset) => {
    lastJump += 1
    const number = lastJump
    send({ type: 'jump', number, offset })
    // Nothing of a function that has not begun can be due; messages keep their order, so it begins after the jump.
    if (!loaded) return Promise.resolve()
    return new Promise((resolve) => {
      const stuck = real.setTimeout(finish, STUCK_MS)
      function finish() {
        real.clearTimeout(stuck)
        jumps.delete(number)
        resolve()
      }
      jumps.set(number, finish)
    })
  })

  worker.on('message', (message: FromWorker) => {
    if (message.type === 'printed') lines.write(message.stream, message.text)
    else if (message.type === 'jumped') jumps.get(message.number)?.()
    else if (message.id !== running?.id) return
    else if (message.type === 'started') {
      loaded = true
      running.started()
    } else {
      lines.flush()
      settle(message)
    }
  })
  // What reaches the real streams did not come from the function's console: the engine's own last words.
  worker.stdout.setEncoding('utf8').on('data', (text: string) => lines.write('stdout', text))
  worker.stderr.setEncoding('utf8').on('data', (text: string) => lines.write('stderr', text))
  worker.on('error', (error) => {
    lastWords = error instanceof Error ? (error.stack ?? String(error)) : String(error)
    lines.write('stderr', `${lastWords}\n`)
  })
  const exited = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      alive = false
      unfollow()
      for (const finish of [...jumps.values()]) finish()
      lines.flush()
      settle({ type: 'died', why: lastWords ?? `the instance exited with code ${code}` })
      resolve()
    })
  })

  return {
    get alive() {
      return alive
    },
    invoke(call, started) {
      return new Promise((resolve) => {
        if (!alive) return resolve({ type: 'died', why: 'the instance is gone' })
        running = { id: call.id, started, settle: resolve }
        send({ type: 'invoke', ...call })
      })
    },
    async terminate() {
      alive = false
      await worker.terminate()
      await exited
    },
  }
}
