// The cloud storage as a client may use it: everybody reads, who made a file writes it.

import { EmulatorError } from '../errors'
import { DeviceRefusal } from '../stage'
import type { State } from '../state'
import { readFileID } from '../state/file-id'
import type { FileLinks } from '../state/file-links'
import { isFilePath, typeOf } from '../state/file-path'
import type { Files, StoredFile } from '../state/files'
import type { Owner } from '../state/flash'
import { type Args, type Operations, text } from './operation'

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/storage/Cloud.html */
export interface CloudFilePorts {
  tempFiles: State['tempFiles']
  files: Files
  links: FileLinks
}

/** Numbers and texts as wx-server-sdk 4.0.2 has them; the device's are taken to be the same. */
const FAILURES = {
  INVALID_ENV: [-501005, 'invalid environment'],
  INVALID_PARAM: [-501007, 'invalid parameter'],
  STORAGE_REQUEST_FAIL: [-503001, 'storage request fail'],
  STORAGE_EXCEED_AUTHORITY: [-503002, 'storage permission denied'],
  STORAGE_FILE_NONEXIST: [-503003, 'storage file not exists'],
} as const
type FailureName = keyof typeof FAILURES

/** WeChat's two documents differ: two hours here, never there. */
const MAX_AGE_S = 7_200

export function createCloudFileOperations({ tempFiles, files, links }: CloudFilePorts): Operations {
  const find = (fileID: unknown): StoredFile | FailureName => {
    const read = readFileID(fileID)
    if (read === 'foreign') return 'INVALID_ENV'
    if (read === 'malformed') return 'INVALID_PARAM'
    return files.find(read.path) ?? 'STORAGE_FILE_NONEXIST'
  }
  const isMine = ({ account, appid }: Owner, { owner }: StoredFile) =>
    owner !== undefined && owner.account === account && owner.appid === appid

  return {
    'cloud.uploadFile': {
      op: 'uploadFile',
      to: 'storage',
      api: 'cloud.uploadFile',
      run(owner, args) {
        const path = text(args, 'cloudPath')
        const filePath = text(args, 'filePath')
        const bytes = tempFiles.get(owner, filePath)
        if (bytes === undefined) throw refusal('uploadFile', -1, `file not found: ${filePath}`)
        if (!isFilePath(path)) throw failure('uploadFile', 'STORAGE_REQUEST_FAIL')
        const before = files.find(path)
        if (before !== undefined && !isMine(owner, before)) throw failure('uploadFile', 'STORAGE_EXCEED_AUTHORITY')
        const { account, appid } = owner
        const { fileID } = files.put(path, bytes, { type: typeOf(path), owner: { account, appid } })
        return { fileID, statusCode: 204, sent: bytes.length }
      },
    },
    'cloud.downloadFile': {
      to: 'storage',
      api: 'cloud.downloadFile',
      run(owner, args) {
        const found = find(args['fileID'])
        if (typeof found === 'string') throw failure('downloadFile', found)
        const bytes = files.bytes(found.path)
        if (bytes === undefined) throw failure('downloadFile', 'STORAGE_FILE_NONEXIST')
        const tempFilePath = tempFiles.add(owner, { name: found.path, bytes }, text(args, 'platform'))
        return { tempFilePath, statusCode: 200 }
      },
    },
    'cloud.getTempFileURL': {
      to: 'storage',
      api: 'cloud.getTempFileURL',
      run: (_owner, args) => ({
        fileList: list(args).map((item) => {
          const { fileID, maxAge } = wanted(item)
          const found = find(fileID)
          if (typeof found === 'string') return { fileID, tempFileURL: '', maxAge, ...outcome(found) }
          return { fileID, tempFileURL: links.to(found.path, maxAge), maxAge, status: 0, errMsg: 'ok' }
        }),
      }),
      shown: {
        // The address is a key to the file.
        reply: (value) => list({ fileList: Reflect.get(Object(value), 'fileList') }).map((item) => hidden(item)),
      },
    },
    'cloud.deleteFile': {
      to: 'storage',
      api: 'cloud.deleteFile',
      run: (owner, args) => ({
        fileList: list(args).map((fileID) => {
          const found = find(fileID)
          if (typeof found === 'string') return { fileID, ...outcome(found) }
          if (!isMine(owner, found)) return { fileID, ...outcome('STORAGE_EXCEED_AUTHORITY') }
          files.delete(found.path)
          return { fileID, status: 0, errMsg: 'ok' }
        }),
      }),
    },
  }
}

const refusal = (api: string, errCode: number, why: string) =>
  new DeviceRefusal({ errCode, errMsg: `cloud.${api}:fail Error: errCode: ${errCode} | errMsg: ${why}` })

function failure(api: string, name: FailureName) {
  const [errCode, why] = FAILURES[name]
  return refusal(api, errCode, why)
}

function outcome(name: FailureName): { status: number; errMsg: string } {
  const [status, errMsg] = FAILURES[name]
  return { status, errMsg }
}

function list({ fileList }: Args): readonly unknown[] {
  if (Array.isArray(fileList)) return fileList
  throw new EmulatorError('BAD_REQUEST', 'a device sends fileList as a list')
}

function wanted(item: unknown): { fileID: unknown; maxAge: number } {
  if (typeof item !== 'object' || item === null) return { fileID: item, maxAge: MAX_AGE_S }
  const maxAge: unknown = Reflect.get(item, 'maxAge')
  return { fileID: Reflect.get(item, 'fileID'), maxAge: typeof maxAge === 'number' ? maxAge : MAX_AGE_S }
}

const hidden = (item: unknown): object => ({ ...Object(item), tempFileURL: '•••' })
