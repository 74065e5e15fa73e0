// Does what the event says without the SDK: a handler for looking at what surrounds a handler.
const http = require('node:http')
const dns = require('node:dns')
const { setTimeout: sleep } = require('node:timers/promises')

let calls = 0

const dial = (host) =>
  new Promise((resolve) => {
    http
      .get({ host, path: '/' }, () => resolve('answered'))
      .on('error', ({ code, message }) => resolve(`${code} ${message}`))
  })

const deeds = {
  echo: ({ value }) => value,
  event: (event) => event,
  context: (_event, context) => context,
  environment: ({ names }) => names.map((name) => process.env[name] ?? null),
  wxVariables: () => Object.keys(process.env).filter((name) => name.startsWith('WX_')),
  calls: () => ++calls,
  nothing: () => undefined,
  big: ({ bytes }) => 'x'.repeat(bytes),
  circle: () => {
    const a = {}
    a.a = a
    return a
  },
  fail: ({ message }) => {
    throw new TypeError(message)
  },
  exit: () => process.exit(3),
  crash: () => {
    setTimeout(() => {
      throw new Error('thrown in a timer')
    }, 1)
    return new Promise(() => undefined)
  },
  forget: () => {
    void Promise.reject(new Error('nobody waits for this'))
    return 'fine'
  },
  print: () => {
    console.log('one\ntwo %d', 2)
    console.error('three')
    process.stdout.write('no end of line')
  },
  now: () => Date.now(),
  wait: async ({ ms }) => {
    console.log('waiting')
    await new Promise((resolve) => setTimeout(resolve, ms))
    return Date.now()
  },
  waitPromised: async ({ ms }) => {
    console.log('waiting')
    return sleep(ms, 'slept')
  },
  spin: () => {
    console.log('spinning')
    for (;;);
  },
  dial: ({ host }) => dial(host),
  resolve: ({ host }) => dns.promises.resolve4(host).catch(({ code }) => code),
  fetch: ({ url }) =>
    fetch(url).then(
      () => 'answered',
      (error) => String(error.cause),
    ),
}

exports.main = (event, context) => deeds[event.deed](event, context)
