// <input>: https://developers.weixin.qq.com/miniprogram/dev/component/input.html

import type { Builtin } from './types'

const MODES: Readonly<Record<string, string>> = { number: 'numeric', text: 'text', nickname: 'text' }
const ENTER_KEYS: Readonly<Record<string, string>> = {
  done: 'done',
  send: 'send',
  search: 'search',
  next: 'next',
  go: 'go',
}

export const input: Builtin = {
  css: 'wx-input{display:block;height:1.4rem;min-height:1.4rem;overflow:hidden;font-size:16px;cursor:auto;text-overflow:clip;white-space:nowrap}wx-input>input{display:block;width:100%;height:100%;min-height:inherit;box-sizing:border-box;margin:0;padding:0;border:0;outline:0;background:none;color:inherit;font:inherit;letter-spacing:inherit;text-align:inherit;opacity:1}wx-input>input::placeholder{color:var(--placeholder-color,#808080);opacity:1}',
  mount(host) {
    const field = host.inner('field', HTMLInputElement)
    const { nickname } = host.platform
    const detail = () => ({ value: field.value, cursor: field.selectionStart ?? field.value.length })
    let isFocused = false

    // The native events would bubble to the page and be heard twice.
    const listen = (type: string, heard: (event: Event) => void): void => {
      field.addEventListener(type, (event) => {
        event.stopPropagation()
        heard(event)
      })
    }
    listen('input', () => {
      if (host.properties['type'] === 'number') field.value = field.value.replace(/\D/g, '')
      host.set({ value: field.value })
      host.fire('input', { ...detail(), keyCode: 0 })
    })
    listen('change', () => host.fire('change', detail()))
    listen('focus', () => {
      isFocused = true
      host.fire('focus', { ...detail(), height: 0 })
      if (host.properties['type'] === 'nickname') void offerNickname()
    })
    listen('blur', () => {
      isFocused = false
      if (host.properties['type'] === 'nickname') {
        nickname.withdraw()
        void reviewNickname()
      }
      host.fire('blur', detail())
    })
    listen('keydown', (event) => {
      if (event instanceof KeyboardEvent && event.key === 'Enter' && !event.isComposing) host.fire('confirm', detail())
    })

    /** The keyboard's suggestion: a form must read the field at submit. */
    const offerNickname = async (): Promise<void> => {
      const name = await nickname.offer()
      if (name === undefined || !isFocused) return
      put(name)
      field.setSelectionRange(name.length, name.length)
    }
    /** WeChat looks at the name when the field loses focus, and clears what does not pass. */
    const reviewNickname = async (): Promise<void> => {
      const looked = field.value
      const review = await nickname.review(looked)
      if (review === undefined) return
      const { pass, timeout, isHeard } = review
      // What was typed meanwhile is another name, to be looked at when the field is left again.
      if (!pass && !timeout && field.value === looked) put('')
      if (isHeard) host.fire('nicknamereview', { pass, timeout })
    }
    /** By WeChat, not by the person: the strictest device tells `input` nothing of it. */
    const put = (value: string): void => {
      const { maxlength } = host.properties
      field.value = Number(maxlength) >= 0 ? value.slice(0, Number(maxlength)) : value
      host.set({ value: field.value })
    }

    return {
      update(properties) {
        const { value, type, password, placeholder, placeholderStyle, disabled, maxlength, focus, confirmType } =
          properties
        const text = String(value)
        if (field.value !== text) field.value = text
        field.type = password === true ? 'password' : 'text'
        field.inputMode = MODES[String(type)] ?? 'text'
        field.enterKeyHint = ENTER_KEYS[String(confirmType)] ?? 'done'
        field.placeholder = String(placeholder)
        field.disabled = disabled === true
        if (Number(maxlength) >= 0) field.maxLength = Number(maxlength)
        else field.removeAttribute('maxlength')
        // Only the colour of a placeholder's style reaches a real placeholder.
        const color = /(?:^|;)\s*color\s*:\s*([^;]+)/.exec(String(placeholderStyle))?.[1]
        host.element.style.setProperty('--placeholder-color', color ?? '')
        if (focus === true && !isFocused) setTimeout(() => field.focus(), 0)
      },
      value: () => field.value,
      reset: () => host.set({ value: '' }),
      activate: () => field.focus(),
    }
  },
}
