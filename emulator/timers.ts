// Timers of functions, as their config.json declares them: fired when asked, or when they are due.

import { readdirSync } from 'node:fs'
import { parseCron } from './cron'
import { EmulatorError } from './errors'
import { findFunction, type Trigger } from './functions/folders'
import type { Caller, Clock } from './types'

export interface Timers {
  /** Fires one, the first unless named. Rejects as the function does; BAD_REQUEST when it declares none. */
  fire(name: string, options?: { trigger?: string; app?: string }): Promise<unknown>
  /** From now on every timer fires when it is due on the emulated clock. */
  start(): void
}

export interface TimerPorts {
  clock: Clock
  /** Resolves when no jump of the clock is under way. */
  arrived(): Promise<void>
  functions: { invoke(name: string, event: unknown, caller: Caller): Promise<unknown> }
  appidOf(app?: string): string
  /** A due one failed: nobody waits for it. */
  onFault(error: unknown): void
}

export function createTimers(
  { clock, arrived, functions, appidOf, onFault }: TimerPorts,
  { roots }: { roots: readonly string[] },
): Timers {
  /** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/guide/functions/triggers.html */
  const run = (name: string, trigger: Trigger, app?: string): Promise<unknown> => {
    const appid = appidOf(app)
    const event = {
      Message: '',
      Time: new Date(clock.now()).toISOString(),
      TriggerName: trigger.name,
      Type: 'Timer',
      userInfo: { appId: appid },
    }
    return functions.invoke(name, event, { source: 'wx_trigger', app: appid })
  }
  const schedule = (name: string, trigger: Trigger): void => {
    const cron = parseCron(trigger.config)
    let isRunning = false
    const arm = (): void => {
      const due = cron.next(clock.now())
      if (due !== undefined) clock.setTimeout(fire, due - clock.now())
    }
    const fire = (): void => {
      // A month that passes at once must not start four thousand of them, nor run out one's time limit while it passes.
      if (!isRunning) {
        isRunning = true
        Promise.resolve()
          .then(arrived)
          .then(() => run(name, trigger))
          .catch(onFault)
          .finally(() => {
            isRunning = false
          })
      }
      arm()
    }
    arm()
  }
  return {
    async fire(name, { trigger: wanted, app } = {}) {
      const triggers = findFunction(roots, name)?.triggers ?? []
      const trigger = triggers.find((one) => wanted === undefined || one.name === wanted)
      if (trigger === undefined)
        throw new EmulatorError('BAD_REQUEST', `${name} declares no ${wanted ?? 'timer'} in its config.json`)
      return run(name, trigger, app)
    },
    start() {
      const names = new Set(roots.flatMap((root) => readdirSync(root)))
      for (const name of names) for (const trigger of findFunction(roots, name)?.triggers ?? []) schedule(name, trigger)
    },
  }
}
