// The part of `wx` that the phone shows: toast, modal, sheet, bars, clipboard. Each is one operation of the bridge.

import { invoke } from '../../device/invoke'
import type { Privacy } from '../../device/privacy'
import { answered, type Runtime } from '../../device/runtime'
import type { ShellOps } from '../bridge'

/** Names without `wx.`, and the base library that brought them. */
const SINCE = {
  showToast: '1.0.0',
  hideToast: '1.0.0',
  showLoading: '1.1.0',
  hideLoading: '1.1.0',
  showModal: '1.0.0',
  showActionSheet: '1.0.0',
  setNavigationBarTitle: '1.0.0',
  setNavigationBarColor: '1.4.0',
  showNavigationBarLoading: '1.0.0',
  hideNavigationBarLoading: '1.0.0',
  setClipboardData: '1.1.0',
  getClipboardData: '1.1.0',
} as const

type Name = keyof typeof SINCE
/** Every operation of the phone has its API, and the other way round; the guideline is the privacy protocol's. */
type Shown = Exclude<keyof ShellOps, 'wx.openPrivacyContract'>
type Covered = `wx.${Name}` extends Shown ? (Shown extends `wx.${Name}` ? true : never) : never
const isCovered: Covered = true

export const uiSince: Readonly<Record<string, string>> = isCovered && SINCE

/** APIs that touch personal data wait for the person's consent. */
const CLIPBOARD: readonly string[] = ['setClipboardData', 'getClipboardData'] satisfies Name[]

export const createUiApis = (runtime: Runtime, privacy: Privacy): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(SINCE).map((name) => [
      name,
      (given?: unknown) =>
        invoke(runtime, name, given, async ({ success: _s, fail: _f, complete: _c, ...args }) => {
          if (CLIPBOARD.includes(name)) await privacy.require('clipboard', name)
          const value = answered(await runtime.port.call(`wx.${name}`, args))
          return typeof value === 'object' && value !== null ? value : {}
        }),
    ]),
  )
