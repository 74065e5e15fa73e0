// What the base libraries brought to the built-in components, as far as a sign-in asks.

/** https://developers.weixin.qq.com/miniprogram/dev/component/button.html */
const OPEN_TYPES_SINCE: Readonly<Record<string, string>> = {
  getPhoneNumber: '1.2.0',
  getUserInfo: '1.3.0',
  chooseAvatar: '2.21.2',
  getRealtimePhoneNumber: '2.24.4',
  agreePrivacyAuthorization: '2.32.3',
}
/** `getPhoneNumber|agreePrivacyAuthorization` */
const COMBINED_SINCE = '2.32.3'

/** Component → attribute → value → version; `''` is the attribute itself. */
const COMPONENTS: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  button: {
    '': { '': '1.0.0' },
    'open-type': { '': '1.1.0', ...OPEN_TYPES_SINCE },
    bindgetphonenumber: { '': '1.2.0' },
    bindgetrealtimephonenumber: { '': '2.24.4' },
    bindchooseavatar: { '': '2.21.2' },
    bindgetuserinfo: { '': '1.3.0' },
    bindagreeprivacyauthorization: { '': '2.32.3' },
    'phone-number-no-quota-toast': { '': '3.0.1' },
  },
  input: {
    '': { '': '1.0.0' },
    type: { '': '1.0.0', text: '1.0.0', number: '1.0.0', nickname: '2.21.2' },
    bindnicknamereview: { '': '2.29.1' },
  },
}

/** Whether a button with these open-types does anything at all. */
export const knowsOpenTypes = (types: readonly string[], atLeast: (version: string) => boolean): boolean =>
  types.every((type) => {
    const since = OPEN_TYPES_SINCE[type]
    return since !== undefined && atLeast(since)
  }) &&
  (types.length < 2 || atLeast(COMBINED_SINCE))

/** `button.open-type.getPhoneNumber` → the version that brought it; undefined for what is not known here. */
export function componentSince(schema: readonly string[]): string | undefined {
  const [component = '', attribute = '', value = ''] = schema
  return COMPONENTS[component]?.[attribute]?.[value]
}

export const isComponent = (name: string): boolean => Object.hasOwn(COMPONENTS, name)
