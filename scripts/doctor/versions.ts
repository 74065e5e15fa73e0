// Versions of the base library, and what came with which.

/** What the client may use, as it is written in sources, and the base library it came with. */
export const SINCE: Readonly<Record<string, string>> = {
  'wx.cloud': '2.2.3',
  chooseAvatar: '2.21.2',
  'type="nickname"': '2.21.2',
  getRealtimePhoneNumber: '2.24.4',
  onNeedPrivacyAuthorization: '2.32.3',
  agreePrivacyAuthorization: '2.32.3',
}

const numbersOf = (version: string): number[] => version.split('.').map(Number)

export const isVersion = (text: unknown): text is string => typeof text === 'string' && /^\d+\.\d+\.\d+$/.test(text)

export const isOlder = (version: string, than: string): boolean => {
  const [left, right] = [numbersOf(version), numbersOf(than)]
  const index = left.findIndex((number, place) => number !== right[place])
  return index >= 0 && (left[index] ?? 0) < (right[index] ?? 0)
}
