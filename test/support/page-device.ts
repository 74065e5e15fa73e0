// A scripted `wx` for page tests: sign-in, a function that the test writes, storage that keeps, a UI that is noted.
import { atLeast } from '../../miniprogram/auth/platform/version'
import type { CallEvent, Envelope } from '../../typings/contract'

/** What the function answers; `offline` fails at once, `silence` never ends. */
export type Answer = Envelope | 'offline' | 'silence'

export interface PageDeviceOptions {
  /** As WeChat reports it; `zh_CN`. */
  language?: string
  server: (event: CallEvent) => Answer
  /** How long the answer to this event is under way; 1 ms. */
  answerMs?: (event: CallEvent) => number
  /** What an earlier launch left behind. */
  stored?: Map<string, string>
  /** Storage whose writes all fail. */
  isStorageBroken?: boolean
  /** How long storage takes to answer; 1 ms. */
  storageMs?: number
  /** What wx.checkSession says of the session_key; alive. */
  isKeyDead?: boolean
  /** Base library 2.32.3 and later have a view for the guideline; `fails` opens none. */
  privacyContract?: 'opens' | 'fails' | 'missing'
  /** Base library; 3.17.0. */
  lib?: string
  /** Whether there is a page below this one; there is. */
  isFirstPage?: boolean
  /** Further members of `wx`, and of `wx.cloud`. */
  more?: object
  moreCloud?: object
}

interface Callbacks {
  success?: (result: object) => void
  fail?: (failure: object) => void
}

type PrivacyListener = (resolve: (answer: object) => void, event: { referrer: string }) => void

export interface PageDevice {
  wx: object
  stored: Map<string, string>
  sent: CallEvent[]
  sentCalls(call: string): CallEvent[]
  logins(): number
  /** Addresses that were navigated to. */
  opened: string[]
  copied: string[]
  titles: string[]
  sheets: Array<{ alertText?: string; itemList: string[] }>
  /** Nothing is asked without a tap, so the next sheet is answered by its first row, or waved away. */
  answerSheet: 'first' | 'cancel'
  modals: Array<{ title: string; content: string }>
  answerModal: 'confirm' | 'cancel'
  wentBack(): number
  privacyOpened(): number
  /** An interface needs consent: what it is answered, in order. */
  askPrivacy(referrer: string): object[]
  setConnected(isConnected: boolean): void
}

export const createPageDevice = (options: PageDeviceOptions): PageDevice => {
  const { language = 'zh_CN', server, stored = new Map<string, string>(), privacyContract = 'opens' } = options
  const sent: CallEvent[] = []
  const opened: string[] = []
  const copied: string[] = []
  const titles: string[] = []
  const sheets: PageDevice['sheets'] = []
  const modals: PageDevice['modals'] = []
  let networkListeners: Array<(news: { isConnected: boolean; networkType: string }) => void> = []
  let onPrivacy: PrivacyListener | undefined
  let wentBack = 0
  let logins = 0
  let privacyOpened = 0
  const info = { SDKVersion: options.lib ?? '3.17.0', language, model: 'iPhone 15', platform: 'ios', theme: 'light' }

  /** Callbacks come later, as on a phone. */
  const answer = ({ success, fail }: Callbacks, produce: () => object, ms = 1): void => {
    setTimeout(() => {
      const result = produce()
      if ('refused' in result) fail?.(result)
      else success?.(result)
    }, ms)
  }
  const refused = (errMsg: string) => ({ errMsg, refused: true as const })
  const write = (api: string, change: () => void) => {
    if (options.isStorageBroken) return refused(`${api}:fail exceed storage max size`)
    change()
    return { errMsg: `${api}:ok` }
  }

  const device: PageDevice = {
    stored,
    sent,
    sentCalls: (call) => sent.filter((event) => event.call === call),
    logins: () => logins,
    opened,
    copied,
    titles,
    sheets,
    answerSheet: 'first',
    modals,
    answerModal: 'confirm',
    wentBack: () => wentBack,
    privacyOpened: () => privacyOpened,
    askPrivacy: (referrer) => {
      const answers: object[] = []
      onPrivacy?.((given) => answers.push(given), { referrer })
      return answers
    },
    setConnected: (isConnected) => {
      for (const listener of networkListeners) listener({ isConnected, networkType: isConnected ? 'wifi' : 'none' })
    },
    wx: {
      ...options.more,
      getAppBaseInfo: () => info,
      getDeviceInfo: () => info,
      login: (call: Callbacks) =>
        answer(call, () => {
          logins += 1
          return { code: `code-${logins}`, errMsg: 'login:ok' }
        }),
      checkSession: (call: Callbacks) =>
        answer(call, () =>
          options.isKeyDead
            ? refused('checkSession:fail session time out, need relogin')
            : { errMsg: 'checkSession:ok' },
        ),
      cloud: {
        ...options.moreCloud,
        init: () => {},
        callFunction: (call: Callbacks & { data: CallEvent }) => {
          const event = JSON.parse(JSON.stringify(call.data)) as CallEvent
          sent.push(event)
          const result = server(event)
          if (result === 'silence') return
          const produce = () =>
            result === 'offline'
              ? { errMsg: 'cloud.callFunction:fail request:fail', errno: 600001, refused: true }
              : { result, errMsg: 'cloud.callFunction:ok' }
          answer(call, produce, options.answerMs?.(event))
        },
      },
      getStorage: (call: Callbacks & { key: string }) =>
        answer(
          call,
          () => {
            const data = stored.get(call.key)
            return data === undefined ? refused('getStorage:fail data not found') : { data: JSON.parse(data) as object }
          },
          options.storageMs,
        ),
      setStorage: (call: Callbacks & { key: string; data: unknown }) =>
        answer(
          call,
          () => write('setStorage', () => stored.set(call.key, JSON.stringify(call.data))),
          options.storageMs,
        ),
      removeStorage: (call: Callbacks & { key: string }) =>
        answer(call, () => write('removeStorage', () => stored.delete(call.key))),
      onNetworkStatusChange: (listener: (typeof networkListeners)[number]) => networkListeners.push(listener),
      offNetworkStatusChange: (listener: (typeof networkListeners)[number]) => {
        networkListeners = networkListeners.filter((other) => other !== listener)
      },
      ...(atLeast(info.SDKVersion, '2.32.3')
        ? {
            onNeedPrivacyAuthorization: (listener: PrivacyListener) => {
              onPrivacy = listener
            },
          }
        : {}),
      setNavigationBarTitle: ({ title }: { title: string }) => titles.push(title),
      navigateTo: ({ url }: { url: string }) => opened.push(url),
      reLaunch: ({ url }: { url: string }) => opened.push(url),
      navigateBack: (call: Callbacks = {}) =>
        answer(call, () => {
          if (options.isFirstPage) return refused('navigateBack:fail cannot navigate back at first page.')
          wentBack += 1
          return { errMsg: 'navigateBack:ok' }
        }),
      showModal: (call: Callbacks & PageDevice['modals'][number]) => {
        modals.push({ title: call.title, content: call.content })
        const confirm = device.answerModal === 'confirm'
        answer(call, () => ({ confirm, cancel: !confirm }))
      },
      setClipboardData: ({ data }: { data: string }) => copied.push(data),
      showActionSheet: (call: Callbacks & PageDevice['sheets'][number]) => {
        sheets.push({ itemList: call.itemList, ...(call.alertText === undefined ? {} : { alertText: call.alertText }) })
        const isTaken = device.answerSheet === 'first'
        answer(call, () => (isTaken ? { tapIndex: 0 } : refused('showActionSheet:fail cancel')))
      },
      ...(privacyContract === 'missing'
        ? {}
        : {
            openPrivacyContract: (call: Callbacks) => {
              privacyOpened += 1
              const opens = privacyContract === 'opens'
              answer(call, () => (opens ? { errMsg: 'ok' } : refused('openPrivacyContract:fail')))
            },
          }),
    },
  }
  return device
}
