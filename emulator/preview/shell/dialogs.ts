// What a mini-program may put over its page: toast, loading, modal, action sheet.

import type { ModalArgs, ShellOps } from '../bridge'
import { make, makeButton } from './dom'
import type { Words } from './words'

type Args<K extends keyof ShellOps> = ShellOps[K]['args']

export interface Dialogs {
  readonly layer: HTMLElement
  toast(args: Args<'wx.showToast'>): void
  loading(args: Args<'wx.showLoading'>): void
  hideToast(): void
  modal(args: ModalArgs): Promise<ShellOps['wx.showModal']['value']>
  /** The index tapped; undefined when cancelled. */
  actionSheet(args: Args<'wx.showActionSheet'>): Promise<number | undefined>
  /** A whole screen of WeChat's own, with a text and a way back. */
  screen(title: string, text: string): Promise<void>
  /** Any other dialog: `build` makes it and is told how to answer. */
  ask<T>(build: (answer: (value: T) => void) => HTMLElement): Promise<T>
  /** Takes everything away, as when the page starts anew. */
  clear(): void
}

const TOAST_MS = 1500
const MARKS: Readonly<Record<string, string>> = { success: '✓', error: '!', loading: '' }

export const createDialogs = (words: Words): Dialogs => {
  const toastPlace = make('div', { className: 'toast-place', 'aria-live': 'polite' })
  const modalPlace = make('div', { className: 'modal-place' })
  const layer = make('div', { className: 'dialogs' }, [toastPlace, modalPlace])
  let timer: ReturnType<typeof setTimeout> | undefined

  const hideToast = (): void => {
    clearTimeout(timer)
    toastPlace.replaceChildren()
    toastPlace.classList.remove('mask')
  }

  const showToast = (title: string, icon: string, mask: boolean, image?: string): void => {
    hideToast()
    const box = make('div', { className: `toast ${icon}` })
    if (image) box.append(make('img', { src: `/__preview/file/${image.replace(/^\//, '')}`, alt: '' }))
    else if (icon !== 'none') box.append(make('i', { className: 'mark', text: MARKS[icon] ?? '' }))
    box.append(make('p', { text: title }))
    toastPlace.append(box)
    toastPlace.classList.toggle('mask', mask)
  }

  /** Puts a dialog up; several queue, the last one on top, as WeChat stacks them. */
  const ask = <T>(build: (answer: (value: T) => void) => HTMLElement): Promise<T> =>
    new Promise((resolve) => {
      const veil = make('div', { className: 'veil' })
      veil.append(
        build((value) => {
          veil.remove()
          resolve(value)
        }),
      )
      modalPlace.append(veil)
    })

  return {
    layer,
    toast({ title, icon = 'success', image, duration = TOAST_MS, mask = false }) {
      showToast(title, icon, mask, image)
      timer = setTimeout(hideToast, duration)
    },
    loading: ({ title, mask = false }) => showToast(title, 'loading', mask),
    hideToast,
    modal: (args) => ask((answer) => modalBox(words, args, answer)),
    actionSheet: (args) => ask((answer) => sheetBox(words, args, answer)),
    ask,
    screen: (title, text) => ask<void>((answer) => screenBox(words, title, text, () => answer())),
    clear() {
      hideToast()
      modalPlace.replaceChildren()
    },
  }
}

const modalBox = (
  words: Words,
  args: ModalArgs,
  answer: (value: ShellOps['wx.showModal']['value']) => void,
): HTMLElement => {
  const { title = '', content = '', showCancel = true, editable = false, placeholderText = '' } = args
  const field = make('input', { className: 'field', placeholder: placeholderText, value: content })
  const cancel = makeButton('cancel', args.cancelText ?? words.cancel, () => answer({ confirm: false, cancel: true }))
  const confirm = makeButton('confirm', args.confirmText ?? words.ok, () =>
    answer({ confirm: true, cancel: false, ...(editable ? { content: field.value } : {}) }),
  )
  if (args.cancelColor) cancel.style.color = args.cancelColor
  if (args.confirmColor) confirm.style.color = args.confirmColor
  const box = make('section', { className: 'modal', role: 'alertdialog', 'aria-label': title || content })
  if (title) box.append(make('h2', { text: title }))
  box.append(editable ? field : make('p', { text: content }))
  box.append(make('footer', {}, showCancel ? [cancel, confirm] : [confirm]))
  return box
}

const sheetBox = (
  words: Words,
  { itemList, itemColor, alertText }: Args<'wx.showActionSheet'>,
  answer: (index: number | undefined) => void,
): HTMLElement => {
  const items = itemList.map((text, index) => {
    const item = makeButton('item', text, () => answer(index))
    if (itemColor) item.style.color = itemColor
    return item
  })
  const head = alertText ? [make('p', { className: 'alert', text: alertText })] : []
  const cancel = makeButton('item cancel', words.cancel, () => answer(undefined))
  return make('section', { className: 'sheet', role: 'dialog' }, [...head, ...items, cancel])
}

const screenBox = (words: Words, title: string, text: string, close: () => void): HTMLElement => {
  const back = makeButton('back', '', close)
  back.setAttribute('aria-label', words.back)
  const nav = make('div', { className: 'nav' }, [back, make('h2', { className: 'title', text: title })])
  return make('section', { className: 'own-screen', role: 'dialog', 'aria-label': title }, [nav, make('p', { text })])
}
