// The stand the phone lies on: whose phone it is and of which kind may change, and then another phone lies there.

import type { DeviceRequest } from '../bridge'
import type { Emulator } from './emulator'
import { addressWithout, type Choices, keepChoices, type PhoneOptions, readOptions } from './options'
import { createPhone, type Phone } from './phone'

/** Where something began: a launch of the mini-program, or a finger on the phone. */
export interface Beginning {
  by: 'launch' | 'tap'
  /** Emulated time. */
  at: number
}

/** A request of the device that nobody has answered yet. */
export interface Waiting {
  op: string
  args: unknown
  /** Real time. */
  since: number
}

export interface Stand {
  readonly phone: Phone
  readonly options: PhoneOptions
  /** The latest ones, the newest last. */
  readonly beginnings: readonly Beginning[]
  readonly waiting: ReadonlySet<Waiting>
  /** Another phone from now on, also after a reload. */
  choose(choices: Choices): void
  /** Something of the above is different now. */
  onChange(listener: () => void): void
}

const KEPT_BEGINNINGS = 200

export const createStand = (place: HTMLElement, emulator: Emulator): Stand => {
  const listeners = new Set<() => void>()
  const beginnings: Beginning[] = []
  const waiting = new Set<Waiting>()
  const changed = (): void => {
    for (const listener of [...listeners]) listener()
  }
  const device = async (request: DeviceRequest) => {
    const { op, args } = request
    const entry = { op, args, since: Date.now() }
    waiting.add(entry)
    changed()
    try {
      return await emulator.device(request)
    } finally {
      waiting.delete(entry)
      changed()
    }
  }
  const put = (): Phone => {
    const options = readOptions(location.search, localStorage)
    document.documentElement.lang = options.language === 'en' ? 'en' : 'zh-CN'
    const made = createPhone(
      options,
      { ...emulator, device },
      {
        begun(by, at) {
          beginnings.push({ by, at })
          if (beginnings.length > KEPT_BEGINNINGS) beginnings.shift()
          changed()
        },
        changed,
      },
    )
    place.replaceChildren(made.element)
    return made
  }

  let phone = put()
  let options = phone.options
  return {
    get phone() {
      return phone
    },
    get options() {
      return options
    },
    beginnings,
    waiting,
    choose(choices) {
      keepChoices(localStorage, choices)
      history.replaceState(null, '', addressWithout(location.search, choices))
      options = readOptions(location.search, localStorage)
      // A handset changes its theme while the mini-program runs.
      if (Object.keys(choices).join() === 'theme') return phone.setTheme(options.theme)
      phone.close()
      beginnings.length = 0
      waiting.clear()
      phone = put()
      changed()
    },
    onChange: (listener) => void listeners.add(listener),
  }
}
