// What the page's frame and the phone around it say to each other, and what the phone asks of the emulator. Types only.

import type { DeviceAnswer, DeviceProfile, StoredEntry } from '../device/port'
import type { PageWindow, TabBar } from './program'

/** Body of `POST /__emulator/device` (header `x-emulator-key`); the answer's body is a DeviceAnswer. */
export interface DeviceRequest {
  account: string
  /** Names the handset; each browser has its own. */
  device: string
  /** `device.open`, `wx.login`, `callFunction`, `storage.set` … */
  op: string
  args: unknown
}

/** Arguments of the op `device.open`: what the handset is, as far as the phone decides it. */
export interface DeviceOpening {
  libVersion?: string
  model?: string
  platform?: DeviceProfile['platform']
  language?: DeviceProfile['language']
  theme?: DeviceProfile['theme']
}

/** Value of the answer to `device.open`: what travels into the frame with the page. */
export interface OpenedDevice {
  profile: DeviceProfile
  storage: Array<[key: string, entry: StoredEntry]>
  /** Emulated minus real time, milliseconds. */
  clockOffset: number
}

/** Stands in the frame as JSON when the runtime starts. */
export interface Boot extends OpenedDevice {
  /** `http://127.0.0.1:PORT`, for the files of the mini-program. */
  origin: string
  screen: Screen
  /** The radio of the handset. */
  online: boolean
  /** Page to open with its query, `pages/home/home?from=x`; the first page unless said. */
  launch?: string
}

/** The screen of the handset, CSS pixels. */
export interface Screen {
  width: number
  height: number
  statusBarHeight: number
  /** Height of what lies below everything that may be tapped. */
  bottomInset: number
}

/** From the frame to the phone. */
export type FrameMessage =
  | { kind: 'call'; id: number; op: string; args: unknown }
  | { kind: 'page'; page: ShownPage }
  | { kind: 'fault'; report: FaultReport }
  /** A finger came down; what follows is its doing. */
  | { kind: 'touch' }

/** From the phone to the frame. */
export type ShellMessage = { kind: 'answer'; id: number; answer: DeviceAnswer } | { kind: 'notice'; notice: Notice }

export type Notice =
  | { type: 'back' }
  | { type: 'tab'; index: number }
  | { type: 'theme'; theme: 'light' | 'dark' }
  /** The mini-program goes to the background or comes back. */
  | { type: 'visible'; visible: boolean }
  /** Emulated minus real time, milliseconds. */
  | { type: 'clock'; offset: number }
  /** The radio of the handset. */
  | { type: 'online'; online: boolean }

/** The page on top of the stack, for the bars around it. */
export interface ShownPage {
  path: string
  /** Paths of the stack, the shown page last. */
  stack: string[]
  window: PageWindow
  /** Present when the page is one of the tabs. */
  tabBar?: TabBar
  ready: boolean
}

/** Something in the mini-program went wrong. */
export interface FaultReport {
  message: string
  /** `pages/home/home onLoad`, `app.ts`, `bindtap` … */
  where?: string
  /** Stack of the error, places in the bundle. */
  stack?: string
  /** Known place, when no stack is needed to tell it. */
  at?: { file: string; line: number; column: number }
}

/** Operations the phone answers itself; every other one goes to the emulator. Names are those of the trace. */
export interface ShellOps {
  'wx.showToast': {
    args: { title: string; icon?: string; image?: string; duration?: number; mask?: boolean }
    value: object
  }
  'wx.hideToast': { args: object; value: object }
  'wx.showLoading': { args: { title: string; mask?: boolean }; value: object }
  'wx.hideLoading': { args: object; value: object }
  'wx.showModal': { args: ModalArgs; value: { confirm: boolean; cancel: boolean; content?: string } }
  'wx.showActionSheet': {
    args: { itemList: string[]; itemColor?: string; alertText?: string }
    value: { tapIndex: number }
  }
  'wx.setNavigationBarTitle': { args: { title: string }; value: object }
  'wx.setNavigationBarColor': { args: { frontColor: string; backgroundColor: string }; value: object }
  'wx.showNavigationBarLoading': { args: object; value: object }
  'wx.hideNavigationBarLoading': { args: object; value: object }
  'wx.setClipboardData': { args: { data: string }; value: object }
  'wx.getClipboardData': { args: object; value: { data: string } }
  'wx.openPrivacyContract': { args: object; value: object }
}

export interface ModalArgs {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  cancelColor?: string
  confirmText?: string
  confirmColor?: string
  editable?: boolean
  placeholderText?: string
}

/** What `GET /__preview/build` answers, and what the event `built` of `GET /__preview/events` carries. */
export interface BuildReport {
  id: number
  /** Another one means another emulator: it has another key. */
  start: string
  problems: Array<{ file: string; line: number; column: number; message: string }>
  /** There is a bundle to run. */
  good: boolean
  ms: number
}

/** Events of `GET /__preview/events`, one JSON object per `data:` line. */
export type PreviewEvent = { type: 'built'; build: BuildReport } | { type: 'notice'; notice: Notice }

/** One place of a stack, in the sources; what `GET /__preview/frames?build=N&at=line:column,…` answers is a list of these. */
export interface SourcePlace {
  file: string
  line: number
  column: number
  /** That line of the source. */
  text?: string
}
