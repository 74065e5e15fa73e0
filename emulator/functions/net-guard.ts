// Keeps a worker on this machine: nothing but loopback is dialled, and no name is looked up.
import dgram from 'node:dgram'
import dns from 'node:dns'
import net from 'node:net'

/** A guard against accident (a lost variable, a library that phones home), not a sandbox. */
const isLoopback = (host: unknown) =>
  host === undefined || host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(String(host))

const refusal = (what: string, code: string) =>
  Object.assign(new Error(`the emulator refused ${what}: a function may only reach this machine here`), { code })

/** What `net.connect` normalises its arguments to, or what a caller of `socket.connect` passed. */
function target(args: unknown[]): { host: unknown; path: unknown } {
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0]
  if (typeof first === 'object' && first !== null)
    // node:http writes `path: null` where there is no socket file.
    return { host: Reflect.get(first, 'host') ?? undefined, path: Reflect.get(first, 'path') ?? undefined }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return { host: undefined, path: first }
  return { host: typeof args[1] === 'string' ? args[1] : undefined, path: undefined }
}

/** Call it before anything else is loaded. */
export function installNetGuard(): void {
  guardSockets()
  guardNames()
  guardDatagrams()
}

function guardSockets(): void {
  const connect = net.Socket.prototype.connect
  function guarded(this: net.Socket, ...args: unknown[]): net.Socket {
    const { host, path } = target(args)
    if (path === undefined && isLoopback(host)) return Reflect.apply(connect, this, args)
    const error = refusal(`to dial ${String(path ?? host)}`, 'ENETUNREACH')
    process.nextTick(() => this.destroy(error))
    return this
  }
  net.Socket.prototype.connect = guarded
}

function guardNames(): void {
  const lookup = dns.lookup
  const refuseCall =
    (name: string) =>
    (...args: unknown[]) => {
      const callback = args.at(-1)
      const error = refusal(`to look up ${String(args[0])} (dns.${name})`, 'ENOTFOUND')
      if (typeof callback !== 'function') throw error
      process.nextTick(callback, error)
    }
  const refuseLookup = refuseCall('lookup')
  const guardedLookup = (...args: unknown[]) =>
    isLoopback(args[0]) ? Reflect.apply(lookup, dns, args) : refuseLookup(...args)
  Object.assign(dns, { lookup: guardedLookup })
  for (const name of Object.keys(dns))
    if (/^(resolve|reverse)/.test(name)) Object.assign(dns, { [name]: refuseCall(name) })
  for (const name of Object.keys(dns.promises))
    if (/^(lookup|resolve|reverse)/.test(name))
      Object.assign(dns.promises, {
        [name]: (host: unknown) => Promise.reject(refusal(`to look up ${String(host)} (dns.${name})`, 'ENOTFOUND')),
      })
}

function guardDatagrams(): void {
  Object.assign(dgram, {
    createSocket: () => {
      throw refusal('to open a UDP socket', 'ENETUNREACH')
    },
  })
}
