// What a path of the cloud storage may be, and what its ending says.

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/guide/storage/naming.html; counted as it is sent. */
const MAX_PATH_BYTES = 850

/** What has no place in an address that the cloud does not escape: such a file could be stored, never fetched. */
const UNFIT = /[\p{Cc}\p{Cs}?#%\\]/u

/** No part is empty, or steps up; nothing in it is unfit; not too long. */
export const isFilePath = (path: string): boolean =>
  path.split('/').every((part) => !['', '.', '..'].includes(part)) &&
  !UNFIT.test(path) &&
  encodeURIComponent(path).length <= MAX_PATH_BYTES

/** As it stands in an address. */
export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

/** Media type by the name, whatever the bytes are. */
export function typeOf(name: string): string {
  const known: Readonly<Record<string, string>> = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', gif: 'gif', webp: 'webp' }
  const ending = known[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? '']
  return ending === undefined ? 'application/octet-stream' : `image/${ending}`
}
