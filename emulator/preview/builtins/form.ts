// <form>: https://developers.weixin.qq.com/miniprogram/dev/component/form.html

import type { Builtin, Host } from './types'

export const form: Builtin = { css: 'wx-form{display:block}' }

/** Collects every named field below the button's form and fires `submit`. */
export const submitForm = (button: Host): void => {
  const owner = button.closest('form')
  if (!owner) return
  const value: Record<string, unknown> = {}
  for (const field of owner.below()) {
    const name = field.properties['name']
    if (typeof name === 'string' && name !== '' && field.controls.value) value[name] = field.controls.value()
  }
  owner.fire('submit', { value, target: button.target() })
}

export const resetForm = (button: Host): void => {
  const owner = button.closest('form')
  if (!owner) return
  for (const field of owner.below()) field.controls.reset?.()
  owner.fire('reset', { target: button.target() })
}
