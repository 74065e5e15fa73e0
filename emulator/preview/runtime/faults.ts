// Everything that goes wrong in the mini-program ends here: told to the phone, which shows it with file and line.

import type { FaultReport } from '../bridge'

export interface Faults {
  /** Something was thrown at `where`. */
  thrown(error: unknown, where?: string): void
  /** Something is wrong and nothing was thrown. */
  report(report: FaultReport): void
  /** Runs it; what it throws is reported and the answer is undefined. */
  guard<T>(where: string, run: () => T): T | undefined
  onThrown(listener: (error: unknown, isRejection: boolean) => void): void
}

const REJECTION = 'unhandled rejection'

export const createFaults = (send: (report: FaultReport) => void): Faults => {
  const seen = new WeakSet<object>()
  const listeners: Array<(error: unknown, isRejection: boolean) => void> = []
  /** A listener that throws must not be told of its own error for ever. */
  let isTelling = false

  const tell = (error: unknown, isRejection: boolean): void => {
    if (isTelling) return
    isTelling = true
    for (const listener of listeners) listener(error, isRejection)
    isTelling = false
  }

  const faults: Faults = {
    thrown(error, where) {
      // The framework and the browser may both bring the same error.
      if (typeof error === 'object' && error !== null) {
        if (seen.has(error)) return
        seen.add(error)
      }
      const report: FaultReport = { message: messageOf(error) }
      if (where !== undefined) report.where = where
      if (error instanceof Error && error.stack) report.stack = error.stack
      console.error(`[mini-program] ${where ?? ''}`, error)
      send(report)
      tell(error, where === REJECTION)
    },
    report(report) {
      console.error(`[mini-program] ${report.where ?? ''} ${report.message}`)
      send(report)
    },
    guard(where, run) {
      try {
        return run()
      } catch (error) {
        faults.thrown(error, where)
        return undefined
      }
    },
    onThrown: (listener) => void listeners.push(listener),
  }
  window.addEventListener('error', (event) => {
    // Pictures that do not load come here too, without an error: those have their own event.
    if (event.error !== undefined && event.error !== null) faults.thrown(event.error)
    else if (event.message) faults.report({ message: event.message })
  })
  window.addEventListener('unhandledrejection', (event) => faults.thrown(event.reason, REJECTION))
  return faults
}

const messageOf = (error: unknown): string => {
  if (error instanceof Error) return `${error.name}: ${error.message}`
  if (typeof error === 'object' && error !== null && 'errMsg' in error) return String(error.errMsg)
  return typeof error === 'string' ? error : (JSON.stringify(error) ?? String(error))
}
