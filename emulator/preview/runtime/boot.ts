// The frame's beginning: takes what the phone handed over, builds the mini-program, opens its first page.

import { createClock, installClock } from '../../clock'
import { createWx } from '../../device/wx'
import type { Boot, Notice } from '../bridge'
import type { Program } from '../program'
import { installApp } from './app'
import { createBridge } from './bridge'
import { makeEventsPlain } from './events'
import { createFaults } from './faults'
import { createFiles } from './files'
import { listenToFramework } from './framework-faults'
import { createRouter, type Router } from './router'
import { runScripts } from './scripts'
import { createSpace } from './space'
import { createTheme } from './theme'
import { parseUrl } from './url'
import { createPageApis, pageSince } from './wx-page'
import { createUiApis, uiSince } from './wx-ui'

export const boot = (program: Program): void => {
  const { clockOffset, origin, storage, profile, screen, online, launch = program.entry } = readBoot()
  const clock = createClock({ offset: clockOffset })
  installClock(globalThis, clock)
  const bridge = createBridge()
  const faults = createFaults(bridge.report)
  const theme = createTheme(program.darkmode, profile.theme)
  makeEventsPlain()
  listenToFramework(faults)

  const files = createFiles(origin, (src) => device.readFile(src))
  const { space, backend, flushReady } = createSpace(program, {
    call: bridge.call,
    tapButton: (openType, args, together) => device.buttons.tap(openType, args, together),
    tapped: () => device.tapped(),
    nickname: {
      offer: () => device.nickname.offer(),
      review: (value) => device.nickname.review(value),
      withdraw: () => void bridge.call('input.withdrawNickname', {}),
    },
    resolveFile: files.resolve,
    complain: (message) => faults.report({ message }),
    navigate: (openType, url, delta) => faults.guard('navigator', () => navigate(router, openType, url, delta)),
  })
  const router = createRouter({ program, space, backend, faults, flushReady, theme: theme.shown, show: bridge.show })
  const app = installApp(faults)
  const start = parseUrl(launch)
  const options = { path: start.path, query: start.query, scene: 1001, referrerInfo: {} }
  const device = createWx(
    { call: bridge.call, storage, profile },
    {
      setTimeout: clock.setTimeout,
      clearTimeout: clock.clearTimeout,
      report: (error) => faults.thrown(error, 'callback'),
    },
    {
      more: (runtime, privacy) => ({
        ...createUiApis(runtime, privacy),
        ...createPageApis({ router: () => router, app, screen, launch: options, theme }, runtime),
      }),
      since: { ...uiSince, ...pageSince },
    },
  )
  device.setOnline(online)
  Object.assign(globalThis, { wx: device.wx, getCurrentPages: () => router.stack.map((page) => page.instance) })

  const heed: { [K in Notice['type']]: (notice: Extract<Notice, { type: K }>) => void } = {
    back: () => faults.guard('back', () => router.navigateBack()),
    tab: ({ index }) => faults.guard('tab', () => router.tapTab(index)),
    clock: ({ offset }) => void clock.jumpTo(offset),
    online: (notice) => device.setOnline(notice.online),
    theme(notice) {
      theme.set(notice.theme)
      router.paint()
    },
    visible({ visible }) {
      const top = router.stack[router.stack.length - 1]
      if (visible) app.show(options)
      if (visible) top?.show()
      else top?.hide()
      if (!visible) app.hide()
    },
  }
  document.addEventListener('pointerdown', bridge.touched, true)
  bridge.onNotice((notice) => (heed[notice.type] as (given: Notice) => void)(notice))

  faults.guard('app.ts', program.app)
  runScripts(program, space, faults)
  app.launch(options)
  app.show(options)
  faults.guard('launch', () => router.reLaunch(`/${launch}`))
}

const readBoot = (): Boot => {
  const text = document.getElementById('boot')?.textContent
  if (!text) throw new Error('the phone handed over nothing')
  // Written by the phone a moment ago, from the emulator's own answer.
  return JSON.parse(text) as Boot
}

const navigate = (router: Router, openType: string, url: string, delta: number): void => {
  if (openType === 'navigateBack') router.navigateBack(delta)
  else if (openType === 'redirect') router.redirectTo(url)
  else if (openType === 'switchTab') router.switchTab(url)
  else if (openType === 'reLaunch') router.reLaunch(url)
  else router.navigateTo(url)
}
