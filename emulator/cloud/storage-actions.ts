// The wire of wx-server-sdk's storage: functions write anywhere, read everything, and are told of each file what became of it.
import { fileIDOf, readFileID } from '../state/file-id'
import type { FileLinks } from '../state/file-links'
import { isFilePath } from '../state/file-path'
import type { Files, StoredFile } from '../state/files'
import type { UploadTickets } from '../state/upload-tickets'
import type { Action } from './actions'
import { isPlainObject } from './documents'
import { notEmulated, type WireCode, WireError } from './errors'
import type { Parameters } from './parameters'

export interface StoragePorts {
  files: Pick<Files, 'find' | 'delete'>
  links: Pick<FileLinks, 'to'>
  tickets: Pick<UploadTickets, 'issue'>
  /** Where bytes of this path are sent to. */
  uploadUrl(path: string): string
}

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/storage/getTempFileURL/server.getTempFileURL.html */
const MAX_FILES = 50
/** Seconds. WeChat's documents differ: a day, or two hours; the shorter one finds more mistakes. */
const MAX_AGE_S = 7_200
/** Seconds; the wire has no limit of its own for what is asked for. */
const LONGEST_AGE_S = 86_400

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/storage/Cloud.html */
export function storageActions({ files, links, tickets, uploadUrl }: StoragePorts): Record<string, Action> {
  const find = (fileID: unknown): StoredFile | WireCode => {
    const read = readFileID(fileID)
    if (read === 'malformed') return 'INVALID_PARAM'
    if (read === 'foreign') return 'INVALIID_ENV'
    return files.find(read.path) ?? 'STORAGE_FILE_NONEXIST'
  }

  return {
    'storage.getUploadMetadata'(parameters, invocation) {
      parameters.only('path', 'method')
      const path = parameters.text('path')
      const method = parameters.text('method')
      if (method !== 'put') throw notEmulated(`an upload by ${method}`)
      return {
        op: 'storage.getUploadMetadata',
        request: { path },
        async perform(through) {
          let data = {}
          await through(() => {
            if (!isFilePath(path)) throw new WireError('STORAGE_REQUEST_FAIL', `the path ${path} is not allowed`)
            const { id, account } = invocation
            const authorization = tickets.issue({ path, invocation: id, ...(account === undefined ? {} : { account }) })
            const fileId = fileIDOf(path)
            // `token` and `cosFileId` only travel: the SDK repeats them with the bytes, in headers.
            const cosFileId = Buffer.from(fileId).toString('base64')
            data = { url: uploadUrl(path), token: 'emulated-token', authorization, fileId, cosFileId }
            return { fileId }
          })
          return { data }
        },
      }
    },
    'storage.batchGetDownloadUrl'(parameters) {
      parameters.only('file_list')
      const list = itemsOf(parameters, 'file_list').map(wanted)
      return {
        op: 'storage.batchGetDownloadUrl',
        request: { list },
        async perform(through) {
          const addresses = new Map<object, string>()
          const told = await through(() =>
            list.map(({ fileID, maxAge }) => {
              const found = find(fileID)
              if (typeof found === 'string') return { code: found, fileID, maxAge }
              const done = { code: 'SUCCESS', fileID, maxAge }
              // The SDK escapes the address once more before it downloads: the cloud does not escape it.
              addresses.set(done, decodeURI(links.to(found.path, maxAge)))
              return done
            }),
          )
          // The trace is not shown the addresses: each is a key to its file.
          return { data: { download_list: told.map((item) => ({ ...item, tempFileURL: addresses.get(item) ?? '' })) } }
        },
      }
    },
    'storage.batchDeleteFile'(parameters) {
      parameters.only('fileid_list')
      const list = itemsOf(parameters, 'fileid_list')
      return {
        op: 'storage.batchDeleteFile',
        request: { list },
        async perform(through) {
          const told = await through(() =>
            list.map((fileID) => {
              const found = find(fileID)
              if (typeof found === 'string') return { code: found, fileID }
              files.delete(found.path)
              return { code: 'SUCCESS', fileID }
            }),
          )
          return { data: { delete_list: told } }
        },
      }
    },
  }
}

function itemsOf(parameters: Parameters, name: string): unknown[] {
  const list = parameters.list(name)
  if (list.length > MAX_FILES) throw new WireError('INVALID_PARAM', `${name} has more than ${MAX_FILES} files`)
  return list
}

/** `{ fileid, max_age?, url_type? }` */
function wanted(item: unknown): { fileID: unknown; maxAge: number } {
  if (!isPlainObject(item)) throw new WireError('INVALID_PARAM', 'file_list is a list of { fileid, max_age }')
  const { fileid, max_age: maxAge = MAX_AGE_S, ...more } = item
  const unknown = Object.keys(more)[0]
  if (unknown !== undefined) throw notEmulated(`the parameter ${unknown} of a file`)
  if (typeof maxAge !== 'number' || !Number.isSafeInteger(maxAge) || maxAge < 1)
    throw new WireError('INVALID_PARAM', 'max_age is a whole number of seconds')
  return { fileID: fileid, maxAge: Math.min(maxAge, LONGEST_AGE_S) }
}
