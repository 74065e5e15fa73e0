// Hands an order to the process of miniprogram-ci, and what was done back.

import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Done, Order } from './order'
import { hideKey } from './refusals'

/** miniprogram-ci waits fifteen minutes for a function that installs; four functions may want that one after another. */
const LIMIT_MS = 60 * 60_000

/** Resolves when the process is gone; `tell` has heard every step, the last may be a failure. */
export const send = (order: Order, tell: (done: Done) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    // Not what this process was started with: that may be a test's.
    const execArgv = ['--import', createRequire(__filename).resolve('tsx')]
    const child = fork(join(__dirname, 'child.ts'), { execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    const said: string[] = []
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => void said.push(text))
    }
    let isDone = false
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
    child.once('error', reject)
    child.on('message', (message: Done | { end: true }) => {
      if ('end' in message) isDone = true
      else tell(message)
    })
    child.once('close', (code, signal) => {
      clearTimeout(timer)
      if (isDone) return resolve()
      const words = said.join('').trim().split('\n').slice(-8).join('\n')
      const hidden = hideKey(words, readFileSync(order.keyFile, 'utf8'))
      reject(new Error(`miniprogram-ci ended (${signal ?? code}) without an answer:\n${hidden}`))
    })
    child.send(order)
  })
