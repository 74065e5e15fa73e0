// What a handset reads of a file: its own temporary ones, and the pictures that WeChat's servers hold.

import { pictureFacts } from '../picture-type'
import { DeviceRefusal } from '../stage'
import type { State } from '../state'
import type { Owner } from '../state/flash'
import { type Args, type Operations, text } from './operation'

export interface FilePorts {
  tempFiles: State['tempFiles']
  /** A `cloud://` file or a temporary address of one, as this person may read it; undefined when there is none. */
  stored(path: string): Buffer | undefined
  /** A face on WeChat's own servers. */
  face(url: string): Buffer | undefined
}

/** https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html */
const NO_SUCH_FILE = 1_301_112

export function createFileOperations({ tempFiles, stored, face }: FilePorts): Operations {
  const here = (owner: Owner, args: Args): Buffer => {
    const path = text(args, 'path')
    const found = tempFiles.get(owner, path)
    if (found !== undefined) return found
    throw new DeviceRefusal({ errMsg: `fail no such file or directory "${path}"`, errno: NO_SUCH_FILE })
  }
  return {
    'file.info': {
      to: 'wx',
      api: 'getFileInfo',
      run(owner, args) {
        const bytes = here(owner, args)
        return { size: bytes.length, ...pictureFacts(bytes) }
      },
    },
    'file.bytes': {
      to: 'wx',
      api: 'readFile',
      run(owner, args) {
        const { position = 0, length } = args
        const bytes = here(owner, args)
        const from = Number(position)
        const to = typeof length === 'number' ? from + length : bytes.length
        if (!Number.isSafeInteger(from) || from < 0 || from > bytes.length || !(to >= from))
          throw new DeviceRefusal({ errMsg: 'fail the value of "position" or "length" is out of range' })
        return bytes.subarray(from, to).toString('base64')
      },
      shown: { reply: (value) => `(${String(value).length} characters of base64)` },
    },
    /** What an `<image>` shows, as a `data:` address; a file that is no picture is refused, as a renderer would. */
    'file.read': {
      to: 'wx',
      api: 'image',
      run(owner, args) {
        const path = text(args, 'path')
        const bytes = tempFiles.get(owner, path) ?? stored(path) ?? face(path)
        if (bytes === undefined) throw new DeviceRefusal({ errMsg: `fail no such file "${path}"`, errno: NO_SUCH_FILE })
        const type = pictureFacts(bytes)?.type
        if (type === undefined) throw new DeviceRefusal({ errMsg: `fail "${path}" is no picture` })
        return `data:image/${type};base64,${bytes.toString('base64')}`
      },
      shown: { reply: (value) => `(${String(value).length} characters)` },
    },
  }
}
