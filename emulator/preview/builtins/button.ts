// <button>: https://developers.weixin.qq.com/miniprogram/dev/component/button.html

import { isOpenType } from './catalogue'
import { resetForm, submitForm } from './form'
import { wearHoverClass } from './hover'
import { runOpenTypes } from './open-types'
import type { Builtin } from './types'

/** The look is WeChat's own default, as weak or as strong in selectors as there, so that app.wxss decides as it will there. */
export const button: Builtin = {
  css: `
wx-button{position:relative;display:block;box-sizing:border-box;margin-left:auto;margin-right:auto;padding-left:14px;padding-right:14px;font-size:18px;line-height:2.55555556;text-align:center;text-decoration:none;color:#000;background-color:#f8f8f8;border-radius:5px;overflow:hidden;cursor:pointer;user-select:none}
wx-button::after{content:"";position:absolute;top:0;left:0;width:200%;height:200%;box-sizing:border-box;border:1px solid rgba(0,0,0,.2);border-radius:10px;transform:scale(.5);transform-origin:0 0;pointer-events:none}
wx-button[type=primary]{color:#fff;background-color:#1aad19}
wx-button[type=warn]{color:#fff;background-color:#e64340}
wx-button[plain]{color:#353535;background-color:transparent;border:1px solid #353535}
wx-button[plain]::after{border-width:0}
wx-button[size=mini]{display:inline-block;padding:0 1.34em;font-size:13px;line-height:2.3}
wx-button[disabled]{cursor:default}
wx-button[disabled][type=default]{color:rgba(0,0,0,.3);background-color:#f7f7f7}
wx-button[disabled][type=primary]{color:rgba(255,255,255,.6);background-color:#9ed99d}
wx-button[disabled][type=warn]{color:rgba(255,255,255,.6);background-color:#ec8b89}
wx-button.button-hover[type=default]{color:rgba(0,0,0,.6);background-color:#dedede}
wx-button.button-hover[type=primary]{color:rgba(255,255,255,.6);background-color:#179b16}
wx-button.button-hover[type=warn]{color:rgba(255,255,255,.6);background-color:#ce3c39}
wx-button>.wxb--spinner{display:none}
wx-button[loading]>.wxb--spinner{display:inline-block;width:18px;height:18px;margin:-6px 5px 0 0;vertical-align:middle;box-sizing:border-box;border:2px solid currentColor;border-right-color:transparent;border-radius:50%;animation:wxb-spin 1s linear infinite}
@keyframes wxb-spin{to{transform:rotate(1turn)}}
`,
  cssV2: `
wx-button{padding:8px 24px;font-size:17px;font-weight:700;line-height:1.41176471;border-radius:4px;color:#06ae56;background-color:#f2f2f2}
wx-button::after{border:0}
wx-button:not([size=mini]){width:184px;margin-left:auto;margin-right:auto}
wx-button[type=primary]{color:#fff;background-color:#07c160}
wx-button[type=warn]{color:#fa5151;background-color:#f2f2f2}
wx-button[size=mini]{padding:0 12px;font-size:16px;line-height:2}
wx-button[disabled][type=default],wx-button[disabled][type=warn]{color:rgba(0,0,0,.2);background-color:#f7f7f7}
wx-button[disabled][type=primary]{color:rgba(0,0,0,.2);background-color:#f7f7f7}
`,
  reflect: ['type', 'size', 'plain', 'disabled', 'loading'],
  mount(host) {
    wearHoverClass(host)
    const act = (): void => {
      const { disabled, formType, openType } = host.properties
      if (disabled === true) return
      if (formType === 'submit') submitForm(host)
      if (formType === 'reset') resetForm(host)
      const types = String(openType).split('|').filter(isOpenType)
      if (types.length > 0) void runOpenTypes(host, types)
    }
    host.onTap(act)
    return { activate: act }
  },
}
