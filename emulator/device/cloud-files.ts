// wx.cloud's files: uploadFile, downloadFile, getTempFileURL, deleteFile.

import { invoke, type Options } from './invoke'
import { type Runtime, WxFailure } from './runtime'
import { createTask } from './task'

/** Ids per call. https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/storage/deleteFile/client.deleteFile.html */
const MAX_IDS = 50

/** `guard` throws while the cloud is not enabled. */
export function createCloudFiles(runtime: Runtime, guard: () => void) {
  const { network, port } = runtime
  const ask = async (op: string, args: object): Promise<object> => {
    guard()
    const value = await network.ask(op, args)
    return typeof value === 'object' && value !== null ? value : {}
  }
  return {
    /** With a callback it returns a task, without one a promise. */
    uploadFile(given?: unknown) {
      const { task, transfer } = createTask(runtime)
      const promise = invoke(runtime, 'cloud.uploadFile', given, (options) => {
        const work = async (): Promise<object> => {
          const cloudPath = text(options, 'cloudPath')
          const filePath = text(options, 'filePath')
          const { sent, ...reply } = (await ask('cloud.uploadFile', { cloudPath, filePath })) as { sent: number }
          transfer.progress(sent, sent)
          return reply
        }
        return Promise.race([work(), transfer.aborted])
      })
      return promise ?? task
    },
    downloadFile: (given?: unknown) =>
      invoke(runtime, 'cloud.downloadFile', given, (options) =>
        ask('cloud.downloadFile', { fileID: text(options, 'fileID'), platform: port.profile.platform }),
      ),
    /** Items are ids, or `{ fileID, maxAge }` with seconds. */
    getTempFileURL: (given?: unknown) =>
      invoke(runtime, 'cloud.getTempFileURL', given, (options) =>
        ask('cloud.getTempFileURL', { fileList: list(options) }),
      ),
    deleteFile: (given?: unknown) =>
      invoke(runtime, 'cloud.deleteFile', given, (options) => ask('cloud.deleteFile', { fileList: list(options) })),
  }
}

const refused = (why: string) =>
  new WxFailure({ errCode: -401002, errMsg: `fail Error: errCode: -401002 | errMsg: ${why}` })

function text(options: Options, name: string): string {
  const value = options[name]
  if (typeof value === 'string' && value !== '') return value
  throw refused(`parameter error: parameter.${name} should be a non-empty String`)
}

function list({ fileList }: Options): readonly unknown[] {
  if (!Array.isArray(fileList) || fileList.length === 0)
    throw refused('parameter error: parameter.fileList should be a non-empty Array')
  if (fileList.length > MAX_IDS) throw refused(`parameter error: at most ${MAX_IDS} files in one call`)
  return fileList
}
