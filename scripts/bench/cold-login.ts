// Cold auth/login, from the spawn of a new process to its reply, against a login as tutorials write it.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { Emulator } from '../../emulator/types'
import { alternate, median, type Row } from './measure'

interface Run {
  ms: number
  peakMb: number
}

const PAIRS = 7

/** One invocation in a fresh process. Throws when the function did not do its work: a fast failure is no figure. */
const runCold = (emulator: Emulator, name: string, event: object, account: string): Promise<Run> => {
  const invocation = emulator.functions.open(name, event, { account })
  return new Promise<Run>((resolve, reject) => {
    const { entry, context } = invocation
    const env = {
      ...invocation.environment,
      BENCH_INVOCATION: JSON.stringify({ entry, event: invocation.event, context }),
    }
    const began = performance.now()
    const child = spawn(process.execPath, [join(__dirname, 'run-once.cjs')], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      // The function's own log line may come first.
      const line = said.split('\n').find((candidate) => candidate.startsWith('{"good":'))
      if (line === undefined || !said.endsWith('\n')) return
      const ms = performance.now() - began
      const { good, peakKb, reply } = JSON.parse(line)
      if (good) resolve({ ms, peakMb: peakKb / 1024 })
      else reject(new Error(`${name} did not do its work: ${JSON.stringify(reply)}`))
    })
    child.on('exit', (code) => reject(new Error(`${name} ended with ${String(code)} before it replied`)))
  }).finally(invocation.end)
}

/** Rows for WeChat answering at once and after `delayMs`. */
export const measureColdLogin = async (emulator: Emulator, delays: readonly number[]): Promise<Row[]> => {
  const rows: Row[] = []
  const peaks: { ours: number[]; theirs: number[] } = { ours: [], theirs: [] }
  let person = 0
  for (const delayMs of delays) {
    const run = async (name: string, keep: number[], eventOf: (code: string) => object) => {
      const account = `v${(person % 24) + 1}`
      person += 1
      const { ms, peakMb } = await runCold(emulator, name, eventOf(emulator.weixin.loginCode(account)), account)
      keep.push(peakMb)
      return ms
    }
    const slow =
      delayMs === 0 ? undefined : emulator.faults.add({ at: 'jscode2session', answer: { delayMs }, times: 1_000_000 })
    const { ours, theirs, ratio } = await alternate(
      PAIRS,
      () => run('auth', peaks.ours, (code) => ({ v: 1, call: 'login', data: {}, code })),
      () => run('tutorial', peaks.theirs, (code) => ({ code })),
    )
    slow?.remove()
    rows.push({
      what: `cold auth/login, WeChat answering in ${delayMs} ms`,
      figure: `${ratio.toFixed(2)} × tutorial (${ours.toFixed(0)} / ${theirs.toFixed(0)} ms)`,
      aim: delayMs === 0 ? '< 0.9' : '≤ 0.65',
    })
  }
  const [ours, theirs] = [median(peaks.ours), median(peaks.theirs)]
  rows.push({
    what: 'peak memory of that process',
    figure: `${(ours / theirs).toFixed(2)} × tutorial (${ours.toFixed(0)} / ${theirs.toFixed(0)} MB)`,
    aim: '–',
  })
  return rows
}
