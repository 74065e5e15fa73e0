// The phone: opens the device, runs the mini-program in its frame, starts it anew at every good save.

import type { DeviceAnswer } from '../../device/port'
import type { BuildReport, FaultReport, Notice, OpenedDevice, PreviewEvent } from '../bridge'
import { createAsks } from './asks'
import { createBars } from './bars'
import { createDialogs } from './dialogs'
import { make } from './dom'
import type { Emulator } from './emulator'
import { createFaultOverlay } from './fault-overlay'
import { createFrame, type Frame } from './frame'
import { createKeyboard } from './keyboard'
import type { PhoneOptions } from './options'
import { placesOf } from './stack'
import { createUiOps } from './ui-ops'
import { words as allWords } from './words'

export interface Phone {
  readonly element: HTMLElement
  readonly options: PhoneOptions
  /** Whether the handset's radio is on. */
  readonly online: boolean
  /** Relaunches the mini-program: the same storage, a new app. */
  relaunch(): Promise<void>
  setTheme(theme: 'light' | 'dark'): void
  /** Cuts or restores the handset's network; a relaunch does not bring it back. */
  setOnline(online: boolean): void
  notice(notice: Notice): void
  /** Takes it off the stage; nothing of it goes on. */
  close(): void
}

/** What the panel beside the phone hears. */
export interface PhoneListeners {
  /** Something begins: the mini-program starts, or a finger comes down. `at` is emulated time. */
  begun(by: 'launch' | 'tap', at: number): void
  /** The network or the clock of the phone changed. */
  changed(): void
}

/** Answers to calls nobody in the phone owns go to the emulator; `opened` when the device cannot be had. */
export const createPhone = (options: PhoneOptions, emulator: Emulator, listeners: PhoneListeners): Phone => {
  const words = allWords[options.language]
  const bars = createBars(words, {
    back: () => frame?.notice({ type: 'back' }),
    tab: (index) => frame?.notice({ type: 'tab', index }),
  })
  const dialogs = createDialogs(words)
  const keyboard = createKeyboard(words)
  const overlay = createFaultOverlay(words)
  const ui = createUiOps(words, bars, dialogs)
  const place = make('div', { className: 'place-of-page' })
  const home = make('div', { className: 'home-indicator', 'aria-hidden': 'true' })
  const lost = make('p', { className: 'lost', role: 'status', text: words.unreachable })
  lost.hidden = true
  const element = make('div', { className: 'phone', lang: options.language === 'en' ? 'en' : 'zh-CN' }, [
    bars.top,
    place,
    bars.tabs,
    keyboard.element,
    home,
    dialogs.layer,
    overlay.element,
    lost,
  ])
  const { screen } = options
  element.style.setProperty('--width', `${screen.width}px`)
  element.style.setProperty('--height', `${screen.height}px`)
  element.style.setProperty('--status', `${screen.statusBarHeight}px`)
  home.hidden = screen.bottomInset === 0
  element.dataset['theme'] = options.theme
  bars.tabs.hidden = true

  let frame: Frame | undefined
  let run = 0
  let theme = options.theme
  let isOnline = true
  /** Emulated minus real time. */
  let offset = 0
  let kept: Promise<[runtime: string, fonts: string]> | undefined
  let taken: BuildReport | undefined

  const ask = (op: string, args: unknown): Promise<DeviceAnswer> =>
    emulator.device({ account: options.account, device: options.device, op, args })

  const asks = createAsks({ words, dialogs, keyboard, ask, online: () => isOnline })

  const fault = async (report: FaultReport, build: number, bundle: string): Promise<void> => {
    const at = report.stack ? placesOf(report.stack, bundle.split('\n').length) : []
    const places = at.length > 0 ? await emulator.places(build, at).catch(() => []) : []
    overlay.fault(report, report.at ? [report.at, ...places] : places)
  }

  const open = async (): Promise<OpenedDevice> => {
    const { libVersion, language, model, platform } = options
    const handset = { ...(libVersion && { libVersion }), ...(model && { model }), ...(platform && { platform }) }
    const began = Date.now()
    const answer = await ask('device.open', { language, theme, ...handset })
    if (!answer.ok) throw new Error(answer.failure.errMsg)
    const opened = answer.value as OpenedDevice
    offset = opened.clockOffset
    listeners.begun('launch', began + offset)
    return opened
  }

  const touch = (): void => listeners.begun('tap', Date.now() + offset)

  /** The last one to start wins: a save during a start starts again. */
  const start = async (build: BuildReport): Promise<void> => {
    run += 1
    const mine = run
    kept ??= Promise.all([emulator.runtime(), emulator.fonts()])
    const [opened, bundle, [runtime, fonts]] = await Promise.all([open(), emulator.bundle(build.id), kept])
    if (mine !== run) return
    const boot = { ...opened, origin: location.origin, screen, online: isOnline }
    const full = options.launch ? { ...boot, launch: options.launch } : boot
    frame?.remove()
    dialogs.clear()
    keyboard.withdraw()
    overlay.clear()
    frame = createFrame(full, { bundle, runtime }, fonts, {
      call: (op, args) => ui.answer(op, args) ?? asks.answer(op, args) ?? ask(op, args),
      page(page) {
        bars.show(page)
        element.style.setProperty('--page-background', page.window.backgroundColor)
        element.classList.toggle('has-tabs', page.tabBar !== undefined)
        element.classList.toggle('dark-text', page.window.navigationBarTextStyle === 'black')
        element.dataset['page'] = page.path
        element.dataset['ready'] = String(page.ready)
      },
      fault: (report) => void fault(report, build.id, bundle),
      touch,
    })
    element.dataset['ready'] = 'false'
    element.dataset['build'] = String(build.id)
    place.replaceChildren(frame.element)
  }

  const take = async (build: BuildReport): Promise<void> => {
    taken = build
    if (build.problems.length > 0) return overlay.problems(build.problems)
    try {
      await start(build)
    } catch (error) {
      overlay.fault({ message: error instanceof Error ? error.message : String(error) }, [])
    }
  }

  const hear = (event: PreviewEvent): void => {
    if (event.type === 'notice') phone.notice(event.notice)
    // The emulator was started anew: this page holds the key of the old one.
    else if (taken && taken.start !== event.build.start) location.reload()
    // A connection that comes back brings what is known.
    else if (taken?.id !== event.build.id) void take(event.build)
  }

  const phone: Phone = {
    element,
    options,
    get online() {
      return isOnline
    },
    relaunch: async () => take(await emulator.build()),
    setTheme(next) {
      theme = next
      element.dataset['theme'] = next
      phone.notice({ type: 'theme', theme: next })
    },
    setOnline(online) {
      phone.notice({ type: 'online', online })
    },
    notice(notice) {
      if (notice.type === 'online') {
        isOnline = notice.online
        bars.setOnline(isOnline)
      } else if (notice.type === 'clock') offset = notice.offset
      frame?.notice(notice)
      listeners.changed()
    },
    close() {
      run += 1
      stopEvents()
      document.removeEventListener('visibilitychange', seen)
      frame?.remove()
      element.remove()
    },
  }
  const seen = (): void => phone.notice({ type: 'visible', visible: document.visibilityState === 'visible' })
  document.addEventListener('visibilitychange', seen)
  element.addEventListener('pointerdown', touch, true)
  const stopEvents = emulator.onEvent(hear, (isLost) => {
    lost.hidden = !isLost
  })
  return phone
}
