// Where functions send the bytes of a file: the object store, which answers in its own way, also when it refuses.

import { randomUUID } from 'node:crypto'
import { HttpRefusal } from '../guard'
import type { Stage } from '../ports'
import { FILES_PATH } from '../state/file-links'
import { encodePath, typeOf } from '../state/file-path'
import type { Files } from '../state/files'
import type { UploadTicket, UploadTickets } from '../state/upload-tickets'
import type { Reply } from './reply'

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/guide/storage/limit.html has none for functions; this is the client's. */
export const MAX_FILE_BYTES = 50 * 1024 * 1024

export interface Upload {
  /** `/cos/avatars/1.png` */
  path: string
  headers: Readonly<Record<string, string>>
  /** Reads it. Rejects with HttpRefusal 413 when there is too much. */
  body(): Promise<Buffer>
}

export interface UploadDoor {
  /** Rejects with ConnectionLost only, when a fault breaks the connection. */
  put(upload: Upload): Promise<Reply>
}

/** https://www.tencentcloud.com/document/product/436/7730: codes and their statuses. */
class StoreRefusal extends Error {
  override readonly name = 'StoreRefusal'
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }
}

export function createUploadDoor({
  files,
  tickets,
  stage,
}: {
  files: Pick<Files, 'put'>
  tickets: Pick<UploadTickets, 'find'>
  stage: Stage
}): UploadDoor {
  const allowed = ({ path, headers }: Upload, ticket: UploadTicket | undefined): UploadTicket => {
    if (ticket === undefined || path !== `${FILES_PATH}${encodePath(ticket.path)}`)
      throw new StoreRefusal(403, 'SignatureDoesNotMatch', 'the signature is of another request, or it ended')
    if (headers['x-cos-security-token'] === undefined)
      throw new StoreRefusal(403, 'AccessDenied', 'x-cos-security-token is missing')
    return ticket
  }
  return {
    async put(upload) {
      const ticket = tickets.find(upload.headers['authorization'] ?? '')
      const hop = {
        from: 'function' as const,
        to: 'storage' as const,
        op: 'storage.put',
        request: { path: upload.path },
        ...(ticket === undefined ? {} : { invocation: ticket.invocation }),
        ...(ticket?.account === undefined ? {} : { account: ticket.account }),
      }
      const operation = async () => {
        const { path } = allowed(upload, ticket)
        const { size } = files.put(path, await upload.body(), { type: typeOf(path) })
        return { size }
      }
      try {
        await stage.run(hop, operation, (errcode) => new StoreRefusal(503, 'ServiceUnavailable', `errcode ${errcode}`))
        return { status: 200, headers: {}, body: '' }
      } catch (error) {
        if (error instanceof StoreRefusal) return xml(error)
        if (error instanceof HttpRefusal) return xml(new StoreRefusal(400, 'EntityTooLarge', error.message))
        throw error
      }
    },
  }
}

const xml = ({ status, code, message }: StoreRefusal): Reply => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>${randomUUID()}</RequestId><TraceId>${randomUUID()}</TraceId></Error>`,
})
