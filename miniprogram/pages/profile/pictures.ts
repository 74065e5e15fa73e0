// Temporary files: looked at, and sent to the place that was issued for them.

import { refusalOf } from '../../auth/core/errors'
import type { Contract } from '../../auth/index'
import { isEnvelope } from '../../auth/platform/envelope'
import { cloudFailure, requestFailure, statusFailure } from '../../auth/platform/err-msg'
import { HEAD_BYTES, pictureType } from './picture-type'

export interface Facts {
  /** Undefined: no picture that can be used. */
  type: Contract['avatarUpload']['request']['type'] | undefined
  /** In bytes. */
  size: number
}

export interface Pictures {
  /** Undefined: there is no such file, or it cannot be read. */
  look(path: string): Promise<Facts | undefined>
  /** Resolves when the bytes are there; rejects with an AuthError. */
  send(path: string, place: Contract['avatarUpload']['reply']): Promise<void>
}

/** Reading is local to the device; nobody should wait longer for it. */
const LOOK_MS = 3_000
/** Two megabytes over a slow network; WeChat itself would wait a minute. */
const SEND_MS = 30_000

interface Task {
  abort?(): void
}
type Settle<Result> = { success(result: Result): void; fail(failure: unknown): void }

/** A callback of `wx` that may never come; `start` may answer with what can be stopped. */
const inTime = <Result>(ms: number, api: string, start: (settle: Settle<Result>) => unknown): Promise<Result> =>
  new Promise((success, reject) => {
    let task: Task | undefined
    const timer = setTimeout(() => {
      reject({ errMsg: `${api}:fail timeout` })
      task?.abort?.()
    }, ms)
    const started = start({
      success: (result) => {
        clearTimeout(timer)
        success(result)
      },
      fail: (failure) => {
        clearTimeout(timer)
        reject(failure)
      },
    })
    task = typeof started === 'object' && started !== null ? started : undefined
  })

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** https://developers.weixin.qq.com/miniprogram/dev/api/file/FileSystemManager.readFile.html */
export const createPictures = (device: WechatMiniprogram.Wx, baseUrl: string): Pictures => {
  const look = async (filePath: string): Promise<Facts> => {
    const files = device.getFileSystemManager()
    const [{ data }, { size }] = await Promise.all([
      inTime<WechatMiniprogram.ReadFileSuccessCallbackResult>(LOOK_MS, 'readFile', (settle) =>
        files.readFile({ filePath, position: 0, length: HEAD_BYTES, ...settle }),
      ),
      inTime<WechatMiniprogram.GetFileInfoSuccessCallbackResult>(LOOK_MS, 'getFileInfo', (settle) =>
        files.getFileInfo({ filePath, ...settle }),
      ),
    ])
    return { type: typeof data === 'string' ? undefined : pictureType(data), size }
  }

  const sendToCloud = async (filePath: string, cloudPath: string): Promise<void> => {
    const name = 'cloud.uploadFile'
    try {
      await inTime(SEND_MS, name, (settle) => device.cloud.uploadFile({ cloudPath, filePath, ...settle }))
    } catch (failure) {
      throw cloudFailure(failure, name)
    }
  }

  /** The path is unguessable and was issued to this user: to know it is to be allowed to fill it. */
  const sendOverHttps = async (filePath: string, cloudPath: string, uploadUrl: string): Promise<void> => {
    const url = `${baseUrl.replace(/\/+$/, '')}/${uploadUrl.replace(/^\/+/, '')}`
    let answer: WechatMiniprogram.UploadFileSuccessCallbackResult
    try {
      answer = await inTime(SEND_MS, 'uploadFile', (settle) =>
        device.uploadFile({ url, filePath, name: 'file', formData: { path: cloudPath }, ...settle }),
      )
    } catch (failure) {
      throw requestFailure(failure, url)
    }
    const envelope = parsed(answer.data)
    if (!isEnvelope(envelope)) throw statusFailure(answer.statusCode, url)
    const refusal = refusalOf(envelope)
    if (refusal) throw refusal
  }

  return {
    look: (path) => look(path).catch(() => undefined),
    send: (path, { cloudPath, uploadUrl }) =>
      uploadUrl === undefined ? sendToCloud(path, cloudPath) : sendOverHttps(path, cloudPath, uploadUrl),
  }
}
