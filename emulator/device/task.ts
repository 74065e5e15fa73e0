// What wx.request and the uploads return at once: a handle to stop the transfer and to watch it.

import { invoke, type Options } from './invoke'
import { loud } from './loud'
import { type Runtime, WxFailure } from './runtime'

export interface Transfer {
  /** Rejects when the mini-program gives up. */
  readonly aborted: Promise<never>
  progress(sent: number, total: number): void
  headers(header: Readonly<Record<string, unknown>>): void
}

type Listener = (news: object) => void

/** Runs `work` for `wx.<name>` and returns the task; failures go to the callbacks alone, there is no promise. */
export function runTask(
  runtime: Runtime,
  name: string,
  given: unknown,
  work: (options: Options, transfer: Transfer) => Promise<object>,
): object {
  const { task, transfer } = createTask(runtime)
  const listening = given === undefined ? { complete: () => undefined } : given
  const options = isBare(listening) ? { ...listening, complete: () => undefined } : listening
  void invoke(runtime, name, options, (read) => Promise.race([work(read, transfer), transfer.aborted]))
  return task
}

export function createTask({ env }: Runtime): { task: object; transfer: Transfer } {
  const listeners = { progress: new Set<Listener>(), headers: new Set<Listener>() }
  let abort: () => void = () => undefined
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new WxFailure({ errMsg: 'fail abort' }))
  })
  // Nobody may be waiting any more when it is stopped.
  aborted.catch(() => undefined)
  const tell = (kind: keyof typeof listeners, news: object): void => {
    for (const listener of [...listeners[kind]]) {
      try {
        listener(news)
      } catch (error) {
        env.report(error)
      }
    }
  }
  const on = (kind: keyof typeof listeners) => (listener: Listener) => void listeners[kind].add(listener)
  /** Without an argument: all of them. */
  const off = (kind: keyof typeof listeners) => (listener?: Listener) =>
    listener === undefined ? listeners[kind].clear() : void listeners[kind].delete(listener)
  return {
    task: loud('task', {
      abort: () => abort(),
      onProgressUpdate: on('progress'),
      offProgressUpdate: off('progress'),
      onHeadersReceived: on('headers'),
      offHeadersReceived: off('headers'),
    }),
    transfer: {
      aborted,
      progress: (sent, total) =>
        tell('progress', {
          progress: total === 0 ? 100 : Math.round((sent / total) * 100),
          totalBytesSent: sent,
          totalBytesExpectedToSend: total,
        }),
      headers: (header) => tell('headers', { header }),
    },
  }
}

const isBare = (given: unknown): given is object =>
  typeof given === 'object' &&
  given !== null &&
  ['success', 'fail', 'complete'].every((name) => Reflect.get(given, name) === undefined)
