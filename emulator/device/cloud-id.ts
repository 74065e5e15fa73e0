// CloudIDs on their way into a function: the event shows the open data they stand for.

/** Replaced per call, at most. https://developers.weixin.qq.com/miniprogram/dev/framework/open-ability/signature.html */
const MAX_REPLACED = 5

/** What `wx.cloud.CloudID(id)` gives; anywhere but at the top level of `data` it travels as its text. */
class CloudIDValue {
  constructor(readonly cloudID: string) {}
  toJSON(): string {
    return this.cloudID
  }
}

/** Callable with and without `new`. */
export function CloudID(cloudID: unknown): CloudIDValue {
  if (typeof cloudID !== 'string') throw new Error('CloudID: the id is a text')
  return new CloudIDValue(cloudID)
}

/** The keys of `data` that WeChat is to replace. */
export const cloudIDKeys = (data: object): string[] =>
  Object.entries(data)
    .filter(([, value]) => value instanceof CloudIDValue)
    .map(([key]) => key)
    .slice(0, MAX_REPLACED)
