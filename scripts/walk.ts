// `npm run walk`: five stories of a session, through the real client library, the built function and the emulator.
import { createEmulator } from '../emulator/index'
import type { Emulator, Hop, Lane } from '../emulator/types'
import { type Auth, createAuth } from '../miniprogram/auth/index'
import { build } from './build'

const HELP = `npm run walk

Walks a first sign-in, a warm start, an expiry at WeChat, an expiry at our server and a sign-out, and prints every
hop with its duration. Everything is real but WeChat: the client library, the built function, wx-server-sdk.
Nothing is kept; no port of yours is used.`

const DEPTH: Record<Lane, number> = { 'mini-program': 0, wx: 1, function: 1, weixin: 2, database: 2, storage: 2 }
const out = (line = '') => process.stdout.write(`${line}\n`)

/** One hop a line, indented under the call it belongs to. */
const printHop = ({ from, to, op, ms, error }: Hop) => {
  const way = `${'  '.repeat(DEPTH[from])}${from} → ${to}`
  out(`   ${way.padEnd(30)} ${op.padEnd(24)} ${`${ms.toFixed(0)} ms`.padStart(8)}${error ? `   ${error}` : ''}`)
}

/** A launch: the same handset, the same storage, a new mini-program. */
const launch = (emulator: Emulator): Auth => {
  const { wx: device } = emulator.device({ device: 'walk', model: 'iPhone 15', platform: 'ios' })
  Object.assign(globalThis, { wx: device })
  device.cloud.init()
  return createAuth()
}

const walk = async (emulator: Emulator): Promise<void> => {
  let story = 0
  const tell = async (title: string, run: () => Promise<Auth>): Promise<void> => {
    emulator.trace.clear()
    const auth = await run()
    story += 1
    out(`\n${story}. ${title}`)
    const hops = [...emulator.trace.hops].sort((a, b) => a.at - b.at || a.seq - b.seq)
    for (const hop of hops) printHop(hop)
    const { state } = auth
    const who = 'user' in state && state.user ? ` ${state.user.id.slice(0, 8)}…` : ''
    out(`   = ${state.status}${state.status === 'signedOut' ? ` by ${state.by}` : ''}${who}`)
  }

  await tell('A first sign-in · 第一次登录', async () => {
    const auth = launch(emulator)
    await auth.resume()
    await auth.signIn()
    return auth
  })
  await tell('A warm start: nobody is asked · 热启动', async () => {
    const auth = launch(emulator)
    await auth.resume()
    return auth
  })
  await tell('The session_key expired at WeChat: renewed in silence · session_key 在微信过期', async () => {
    emulator.weixin.expireSessionKey('v1')
    const auth = launch(emulator)
    await auth.resume()
    return auth
  })
  await tell('The session expired at our server: renewed, and the call replayed · 会话在我们的服务器过期', async () => {
    const auth = launch(emulator)
    await auth.resume()
    emulator.database.remove('sessions', {})
    await auth.call('profile', {})
    return auth
  })
  await tell('A sign-out, and the quiet launch after it · 退出登录', async () => {
    await launch(emulator).signOut()
    await emulator.trace.until('callFunction') // the device does not wait for the server
    const auth = launch(emulator)
    await auth.resume()
    return auth
  })
}

const main = async (): Promise<void> => {
  if (process.argv.includes('--help')) {
    out(HELP)
    return
  }
  await build() // what is walked is what stands in cloudfunctions/, not what was built some time ago
  const emulator = await createEmulator()
  try {
    await walk(emulator)
  } finally {
    await emulator.close()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`walk: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
