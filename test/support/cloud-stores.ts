// The stores on the emulated cloud database, driven through the real SDK: each verb is one call of a small function.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildSync } from 'esbuild'
import type { Stores } from '../../cloudfunctions/core/stores'
import type { Emulator } from '../../emulator/types'
import type { VerbAnswer, VerbEvent } from '../server/functions/stores'

/** Builds the function into a folder of its own, below node_modules so that it finds the SDK; `remove` when done. */
export const buildStoresFunction = (): { folder: string; remove(): void } => {
  const folder = mkdtempSync(resolve('node_modules', '.stores-'))
  buildSync({
    entryPoints: [resolve('test/server/functions/stores.ts')],
    outfile: join(folder, 'stores', 'index.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node16',
    external: ['wx-server-sdk'],
  })
  writeFileSync(join(folder, 'stores', 'config.json'), '{ "permissions": { "openapi": [] } }')
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}

export const createCloudStores = (emulator: () => Emulator): Stores => ({
  sessions: remote(emulator, 'sessions'),
  identities: remote(emulator, 'identities'),
  users: remote(emulator, 'users'),
  phones: remote(emulator, 'phones'),
  counters: remote(emulator, 'counters'),
  redemptions: remote(emulator, 'redemptions'),
  uploads: remote(emulator, 'uploads'),
  mediaChecks: remote(emulator, 'mediaChecks'),
  pushNonces: remote(emulator, 'pushNonces'),
  deletionProofs: remote(emulator, 'deletionProofs'),
})

const remote = <K extends keyof Stores>(emulator: () => Emulator, store: K): Stores[K] => {
  const ask =
    (verb: string) =>
    async (...args: unknown[]) => {
      const event: VerbEvent = { store, verb, args: args.map((arg) => arg ?? null) }
      const answer = (await emulator().functions.invoke('stores', event, { account: 'v1' })) as VerbAnswer
      if ('refused' in answer) throw Object.assign(new Error(answer.refused.message), { code: answer.refused.code })
      return answer.value ?? undefined
    }
  // Every verb is one call away: the proxy has the shape of the port without listing it once more.
  return new Proxy({} as Stores[K], { get: (_target, verb) => ask(String(verb)) })
}
