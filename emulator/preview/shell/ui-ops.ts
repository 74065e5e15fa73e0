// The operations that the phone answers by itself, by name.

import type { DeviceAnswer } from '../../device/port'
import type { ShellOps } from '../bridge'
import type { Bars } from './bars'
import type { Dialogs } from './dialogs'
import type { Words } from './words'

type Handlers = {
  [K in keyof ShellOps]: (args: ShellOps[K]['args']) => ShellOps[K]['value'] | Promise<ShellOps[K]['value'] | undefined>
}

export interface UiOps {
  /** The answer, or undefined when the operation is not the phone's. */
  answer(op: string, args: unknown): Promise<DeviceAnswer> | undefined
}

export const createUiOps = (words: Words, bars: Bars, dialogs: Dialogs): UiOps => {
  let clipboard = ''
  const none = (act: () => void): object => {
    act()
    return {}
  }
  const handlers: Handlers = {
    'wx.showToast': (args) => none(() => dialogs.toast(args)),
    'wx.hideToast': () => none(dialogs.hideToast),
    'wx.showLoading': (args) => none(() => dialogs.loading(args)),
    'wx.hideLoading': () => none(dialogs.hideToast),
    'wx.showModal': dialogs.modal,
    'wx.showActionSheet': async (args) => {
      const tapIndex = await dialogs.actionSheet(args)
      return tapIndex === undefined ? undefined : { tapIndex }
    },
    'wx.setNavigationBarTitle': ({ title }) => none(() => bars.setTitle(title)),
    'wx.setNavigationBarColor': ({ frontColor, backgroundColor }) =>
      none(() => bars.setColors(frontColor, backgroundColor)),
    'wx.showNavigationBarLoading': () => none(() => bars.setLoading(true)),
    'wx.hideNavigationBarLoading': () => none(() => bars.setLoading(false)),
    'wx.setClipboardData': ({ data }) =>
      none(() => {
        clipboard = data
        // Without the laptop's permission the phone still has its own.
        navigator.clipboard?.writeText(data).catch(() => undefined)
        dialogs.toast({ title: words.copied, icon: 'success' })
      }),
    'wx.getClipboardData': () => ({ data: clipboard }),
    'wx.openPrivacyContract': async () => {
      await dialogs.screen(words.privacy, words.privacyText)
      return {}
    },
  }
  const run = async (op: keyof ShellOps, args: unknown): Promise<DeviceAnswer> => {
    // Each handler takes the arguments of its own operation; the frame's side is typed by the same table.
    const handler = handlers[op] as (given: unknown) => unknown
    const value = await handler(args)
    if (value === undefined) return { ok: false, failure: { errMsg: `${op.slice('wx.'.length)}:fail cancel` } }
    return { ok: true, value }
  }
  return { answer: (op, args) => (isShellOp(op, handlers) ? run(op, args) : undefined) }
}

const isShellOp = (op: string, handlers: Handlers): op is keyof ShellOps => Object.hasOwn(handlers, op)
