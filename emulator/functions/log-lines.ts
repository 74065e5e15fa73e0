// Cuts what a worker prints into lines, per stream.
import type { LogLine } from '../types'

export interface LineCutter {
  write(stream: LogLine['stream'], text: string): void
  /** Gives out what was printed without an end of line. */
  flush(): void
}

export function createLineCutter(name: string, onLine: (line: LogLine) => void): LineCutter {
  const rest: Record<LogLine['stream'], string> = { stdout: '', stderr: '' }
  return {
    write(stream, text) {
      const lines = (rest[stream] + text).split(/\r?\n/)
      rest[stream] = lines.pop() ?? ''
      for (const line of lines) onLine({ function: name, stream, text: line })
    },
    flush() {
      for (const stream of ['stdout', 'stderr'] as const)
        if (rest[stream] !== '') {
          onLine({ function: name, stream, text: rest[stream] })
          rest[stream] = ''
        }
    },
  }
}
