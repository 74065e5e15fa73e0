// One instance of one cloud function: loads it on the first invocation and runs one invocation at a time.
import { createRequire } from 'node:module'
import { format } from 'node:util'
import { parentPort, workerData } from 'node:worker_threads'
import { installNetGuard } from './net-guard'
import type { FromWorker, ToWorker, WorkerStart } from './protocol'
import { installWorkerTime } from './worker-time'

type Handler = (event: unknown, context: unknown) => unknown

const port = parentPort
if (port === null) throw new Error('this file is the entry of a worker')
const { entry, clockOffset, preload } = workerData as WorkerStart
const tell = (message: FromWorker) => port.postMessage(message)

installNetGuard()
const clock = installWorkerTime(clockOffset)
capture('stdout')
capture('stderr')
// A promise nobody waits for is a mistake worth a line, not the end of the instance.
process.on('unhandledRejection', (reason) => void process.stderr.write(format('Unhandled rejection: %s\n', reason)))

/** Printed text goes the way of the results, so that it is there before the reply is. */
function capture(stream: 'stdout' | 'stderr'): void {
  const write = (chunk: unknown, encoding?: unknown, done?: unknown) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('utf8')
    tell({ type: 'printed', stream, text })
    const callback = typeof encoding === 'function' ? encoding : done
    if (typeof callback === 'function') process.nextTick(() => Reflect.apply(callback, undefined, []))
    return true
  }
  Object.assign(process[stream], { write })
}

for (const name of preload)
  try {
    createRequire(entry)(name)
  } catch {
    // The function itself will say so, with its own stack.
  }

let handler: Handler | undefined

/** The cold start; a function that cannot be loaded is tried again by the next invocation. */
function load(): Handler {
  const exported: unknown = createRequire(entry)(entry)
  const main: unknown = typeof exported === 'object' && exported !== null ? Reflect.get(exported, 'main') : undefined
  if (typeof main !== 'function') throw new Error("Module 'index' has no handler named 'main'")
  return main as Handler
}

/** Context variables of the previous invocation must not be seen by the next one. */
function setVariables(variables: Record<string, string>): void {
  const previous = [process.env['WX_CONTEXT_KEYS'], process.env['TCB_CONTEXT_KEYS']].join(',').split(',')
  for (const name of [...previous, 'WX_CONTEXT_KEYS', 'TCB_CONTEXT_KEYS']) if (name !== '') delete process.env[name]
  Object.assign(process.env, variables)
}

async function invoke({ id, event, context, variables }: Extract<ToWorker, { type: 'invoke' }>): Promise<void> {
  try {
    setVariables(variables)
    handler ??= load()
    tell({ type: 'started', id })
    const value = await handler(JSON.parse(event), context)
    // What JSON cannot say (undefined, a function) is null for the caller; a cycle or a BigInt throws.
    tell({ type: 'done', id, result: JSON.stringify(value) ?? 'null' })
  } catch (error) {
    tell({ type: 'failed', id, stack: describe(error) })
  }
}

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? String(error)) : format(error))

port.on('message', (message: ToWorker) => {
  if (message.type === 'invoke') void invoke(message)
  else void clock.jumpTo(message.offset).then(() => tell({ type: 'jumped', number: message.number }))
})
