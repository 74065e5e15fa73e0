// Cloud storage: files by fileID, written, looked at and removed in the name of nobody.
// https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/storage/uploadFile/server.uploadFile.html
import { Refusal } from '../core/errors'
import type { FileHead, Storage } from '../core/ports'
import { type Fields, isObject } from '../core/shape'
import type { CloudSdk } from './cloud-sdk'
import { type AnswerBytes, httpsBytes } from './https-bytes'

const MARKER_PATH = 'auth/where-files-live.txt'
const NO_SUCH_FILE = -503003
/** The cloud is busy or cut off; the next try may well find it. SDK 4.0.2 says -1 of whatever failed as a whole. */
const PASSING: readonly unknown[] = [-1, -501001, -501002, -501003, -501004, -503001]

const refused = (verb: string, cause: unknown): Refusal => {
  const { errCode, errMsg, message } = isObject(cause) ? cause : {}
  const detail = `storage.${verb}: ${String(errCode)} ${String(errMsg ?? message ?? '')}`
  return PASSING.includes(errCode)
    ? new Refusal('WECHAT_BUSY', 'the storage did not answer', { detail })
    : new Refusal('INTERNAL', 'the storage failed: the log of the function has the reason', { detail })
}

type FilesSdk = Pick<CloudSdk, 'uploadFile' | 'getTempFileURL' | 'deleteFile'>

/** One per process: it remembers what the fileIDs of this environment begin with. */
export const createCloudStorage = (sdk: () => FilesSdk): Storage => {
  const asked = async <T>(verb: string, operation: () => Promise<T>): Promise<T> => {
    try {
      return await operation()
    } catch (cause) {
      throw refused(verb, cause)
    }
  }
  const upload = async (path: string, bytes: Buffer): Promise<string> => {
    const { fileID } = await asked('uploadFile', () => sdk().uploadFile({ cloudPath: path, fileContent: bytes }))
    if (typeof fileID !== 'string' || !fileID.startsWith('cloud://') || !fileID.endsWith(`/${path}`)) {
      throw refused('uploadFile', { errMsg: 'an answer without a fileID of this path' })
    }
    return fileID
  }
  /** The answer for the one file that was asked about. */
  const only = (verb: string, list: unknown): Fields => {
    const item: unknown = Array.isArray(list) ? list[0] : undefined
    if (!isObject(item)) throw refused(verb, { errMsg: 'an answer without the file' })
    return item
  }
  let prefix: string | undefined
  return {
    // No interface tells the bucket's name. A file written by our own hand does, and the client's word is not needed.
    fileIDOf: async (path) => {
      prefix ??= (await upload(MARKER_PATH, Buffer.from('Tells the functions what fileIDs begin with.\n'))).slice(
        0,
        -MARKER_PATH.length,
      )
      return `${prefix}${path}`
    },
    urlOf: async (fileID) => {
      const { fileList } = await asked('getTempFileURL', () => sdk().getTempFileURL({ fileList: [fileID] }))
      const { status, errMsg, tempFileURL: url } = only('getTempFileURL', fileList)
      if (status === NO_SUCH_FILE) return undefined
      if (status !== 0) throw refused('getTempFileURL', { errCode: status, errMsg })
      if (typeof url !== 'string' || !/^https?:\/\//.test(url))
        throw refused('getTempFileURL', { errMsg: 'no address' })
      return url
    },
    head: async (url, { bytes, signal }) => {
      const { answer } = httpsBytes(url, { signal, maxBytes: bytes, enough: bytes })
      return headOf(
        await answer.catch((cause: unknown) => {
          throw refused('head', { errCode: PASSING[0], errMsg: cause instanceof Error ? cause.message : 'no answer' })
        }),
      )
    },
    upload,
    remove: async (fileID) => {
      const { fileList } = await asked('deleteFile', () => sdk().deleteFile({ fileList: [fileID] }))
      const { status, errMsg } = only('deleteFile', fileList)
      if (status !== 0 && status !== NO_SUCH_FILE) throw refused('deleteFile', { errCode: status, errMsg })
    },
  }
}

const headOf = ({ status, headers, bytes }: AnswerBytes): FileHead | undefined => {
  if (status === 404) return undefined
  // No byte of an empty file can be had by range.
  if (status === 416) return { size: 0, start: Buffer.alloc(0) }
  if (status !== 200 && status !== 206) throw refused('head', { errCode: PASSING[0], errMsg: `HTTP status ${status}` })
  const whole = status === 206 ? /\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] : headers['content-length']
  const size = Number(whole)
  if (whole === undefined || !Number.isSafeInteger(size)) throw refused('head', { errMsg: 'an answer without a size' })
  return { size, start: bytes }
}
