// What the function host and a worker say to each other. Types only.

export interface WorkerStart {
  /** Absolute path of the function's index.js. */
  entry: string
  /** Emulated minus real time, milliseconds. */
  clockOffset: number
  /** Modules to load before the first invocation. */
  preload: readonly string[]
}

export type ToWorker =
  | {
      type: 'invoke'
      id: string
      /** JSON. */
      event: string
      context: Record<string, unknown>
      /** The context variables of this invocation. */
      variables: Record<string, string>
    }
  | { type: 'jump'; number: number; offset: number }

export type FromWorker =
  /** The function is loaded and its handler is about to run: the time limit counts from here. */
  | { type: 'started'; id: string }
  /** `result` is JSON. */
  | { type: 'done'; id: string; result: string }
  | { type: 'failed'; id: string; stack: string }
  | { type: 'printed'; stream: 'stdout' | 'stderr'; text: string }
  /** Everything that became due by this jump has fired. */
  | { type: 'jumped'; number: number }
