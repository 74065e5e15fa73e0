// The one way a device reaches WeChat: the state itself in tests, one POST in the browser. Types only.

/** What `wx` hands to `fail`. */
export interface DeviceFailure {
  errMsg: string
  errno?: number
  errCode?: number
}

export type DeviceAnswer = { ok: true; value: unknown } | { ok: false; failure: DeviceFailure }

export interface DevicePort {
  /**
   * Asks WeChat for `op` (`wx.login`, `wx.checkSession`, `callFunction`, `storage.set`, …) with plain JSON arguments.
   * Resolves with the answer, also a refusal; never resolves when WeChat stays silent.
   */
  call(op: string, args: unknown): Promise<DeviceAnswer>
  /** The storage of this (device, account) as it was when the page was handed out; written through by `call`. */
  readonly storage: ReadonlyArray<readonly [key: string, entry: StoredEntry]>
  /** What this handset is. */
  readonly profile: DeviceProfile
}

/** One key of the device's storage, as JSON keeps it. */
export interface StoredEntry {
  /** JSON text of the value; when `encrypt` was asked for, what would lie on the flash is not this but its cipher. */
  value: string
  encrypted: boolean
}

export interface DeviceProfile {
  device: string
  account: string
  appid: string
  libVersion: string
  model: string
  platform: 'ios' | 'android' | 'devtools'
  /** Language of WeChat on this handset. */
  language: 'zh_CN' | 'en'
  theme: 'light' | 'dark'
  envVersion: 'develop' | 'trial' | 'release'
}
