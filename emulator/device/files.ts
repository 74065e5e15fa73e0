// What a mini-program may do with a file it was given a path of.

import { fromBase64 } from './base64'
import { invoke, type Options } from './invoke'
import { loud } from './loud'
import { answered, type Runtime, WxFailure } from './runtime'

export const FILES_SINCE: Readonly<Record<string, string>> = {
  getImageInfo: '1.0.0',
  getFileInfo: '1.4.0',
  getFileSystemManager: '1.9.9',
}

/** What the emulator says of a file. */
interface FileFacts {
  size: number
  /** Absent when it is no picture. */
  type?: string
  width?: number
  height?: number
}

export function createFiles(runtime: Runtime) {
  const { port, network } = runtime
  const facts = async (path: string): Promise<FileFacts> =>
    answered(await port.call('file.info', { path })) as FileFacts
  const bytes = async (path: string, part: { position?: number; length?: number }): Promise<ArrayBuffer> =>
    bufferOf(String(answered(await port.call('file.bytes', { path, ...part }))))

  const getFileInfo = (given?: unknown) =>
    invoke(runtime, 'getFileInfo', given, async (options) => ({
      size: (await facts(pathOf(options, 'filePath'))).size,
    }))

  const manager = {
    getFileInfo,
    /** Without `encoding` an ArrayBuffer; `position` and `length` since 2.10.0. */
    readFile: (given?: unknown) =>
      invoke(runtime, 'readFile', given, async (options) => {
        const { encoding, position, length } = options
        const isPart = runtime.atLeast('2.10.0')
        const part = {
          ...(isPart && typeof position === 'number' ? { position } : {}),
          ...(isPart && typeof length === 'number' ? { length } : {}),
        }
        const data = await bytes(pathOf(options, 'filePath'), part)
        if (encoding === undefined) return { data }
        if (encoding !== 'base64') throw new WxFailure({ errMsg: 'fail the emulator knows the encoding base64 only' })
        return { data: String(answered(await port.call('file.bytes', { path: pathOf(options, 'filePath'), ...part }))) }
      }),
    access: (given?: unknown) =>
      invoke(runtime, 'access', given, async (options) => {
        await facts(pathOf(options, 'path'))
        return {}
      }),
    stat: (given?: unknown) =>
      invoke(runtime, 'stat', given, async (options) => {
        const { size } = await facts(pathOf(options, 'path'))
        const stats = { size, mode: 33188, lastAccessedTime: 0, lastModifiedTime: 0 }
        return { stats: { ...stats, isFile: () => true, isDirectory: () => false } }
      }),
  }
  return {
    apis: {
      /** https://developers.weixin.qq.com/miniprogram/dev/api/media/image/wx.getImageInfo.html */
      getImageInfo: (given?: unknown) =>
        invoke(runtime, 'getImageInfo', given, async (options) => {
          const path = pathOf(options, 'src')
          const { type, width, height } = await facts(path)
          if (type === undefined) throw new WxFailure({ errMsg: 'fail image format error' })
          return { path, type, width, height, orientation: 'up' }
        }),
      getFileInfo,
      getFileSystemManager: () => loud('FileSystemManager', manager),
    },
    /** A `data:` address for `<image>`: a temporary file, or one that WeChat's servers hold. */
    async read(src: string): Promise<string> {
      const isHere = /^(?:wxfile:|http:\/\/(?:tmp|usr)\/)/.test(src)
      const ask = isHere ? async () => answered(await port.call('file.read', { path: src })) : undefined
      const address = await (ask === undefined ? network.ask('file.read', { path: src }) : ask())
      if (typeof address !== 'string' || !address.startsWith('data:')) throw new Error(`${src} is no picture`)
      return address
    },
  }
}

function pathOf(options: Options, name: string): string {
  const path = options[name]
  if (typeof path === 'string' && path !== '') return path
  throw new WxFailure({ errMsg: `fail parameter error: parameter.${name} should be a non-empty String` })
}

/** A buffer of its own, exactly as long as what it holds. */
export function bufferOf(base64: string): ArrayBuffer {
  const bytes = fromBase64(base64)
  const buffer = new ArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}
