// The upload of a picture over https: its path was issued and written down, and is all the permission there is.
import { open, refuseClients } from '../core/access'
import { AVATAR_WORDS } from '../core/avatar-words'
import type { Deadline } from '../core/deadline'
import { badRequest } from '../core/errors'
import { HttpRefusal, type HttpRequest } from '../core/http'
import { type HttpReply, httpReply } from '../core/http-reply'
import { createLimits } from '../core/limits'
import { type Part, parseMultipart } from '../core/multipart'
import { PICTURE_MAX_BYTES, pictureTypeOf } from '../core/picture-type'
import type { UploadRecord } from '../core/records'
import { mediaTypeOf, uploadId } from '../core/uploads'
import { livingUser } from '../core/users'
import { createFrame, type Trail } from '../frame'
import { type ServePorts, wireErrorOf } from '../serve'

/** The picture and its form. */
export const MAX_UPLOAD_BYTES = PICTURE_MAX_BYTES + 8 * 1024

/** Answers like a call: `{ ok: true, data: {} }`, or a refusal. */
export const createUploadDoor = (ports: ServePorts) => {
  const { clock, environment, cloud } = ports
  const frame = createFrame(ports)

  const stored = async (request: HttpRequest, deadline: Deadline, trail: Trail): Promise<void> => {
    const { caller, stores, storage } = open(cloud, deadline)
    refuseClients(caller)
    const { address } = request
    const limits = createLimits(
      { clock, counters: stores.counters, key: environment.indexKey },
      address === undefined ? {} : { address },
    )
    await limits.ofAddress('upload')
    const { path, bytes } = formOf(request)
    const { uploads, users } = stores
    const id = uploadId(path)
    const upload = id === undefined ? undefined : await uploads.find(id)
    if (!isOpen(upload, path, clock.now())) throw notAwaited()
    trail.line.user = upload.userId
    await limits.ofUser('upload', upload.userId)
    await livingUser(users, upload.userId)
    if (bytes.length === 0) throw AVATAR_WORDS.nothingThere()
    if (bytes.length > PICTURE_MAX_BYTES) throw AVATAR_WORDS.tooLarge()
    if (pictureTypeOf(bytes) !== upload.type) throw AVATAR_WORDS.wrongType()
    // Once: what was looked at, or saved, is never written over by whoever learns the path later.
    if (!(await uploads.fill(upload.id, clock.now()))) throw notAwaited()
    const fileID = await storage.upload(path, bytes, mediaTypeOf(upload.type))
    // Writing comes first, looking second: a deletion that began in between has not seen the file.
    const after = await uploads.find(upload.id)
    if (after !== undefined && after.state !== 'doomed') return
    await storage.remove(fileID)
    throw notAwaited()
  }

  return async (request: HttpRequest, context: unknown): Promise<HttpReply> => {
    if (request.type !== 'multipart/form-data') {
      throw new HttpRefusal(415, 'the content-type must be multipart/form-data')
    }
    const trail: Trail = { hidden: [], line: { call: '(upload)' } }
    const framed = await frame(context, { transport: 'https', trail }, (deadline) => stored(request, deadline, trail))
    const { requestId } = framed
    if (framed.ok) return httpReply({ ok: true, requestId, data: {} })
    const { refusal } = framed
    return httpReply(
      { ok: false, requestId, error: wireErrorOf(refusal) },
      refusal instanceof HttpRefusal ? refusal : {},
    )
  }
}

/** Unknown, over, filled or another's: whoever guesses is not told which. */
const notAwaited = () => badRequest('no picture is awaited at this path')

type OpenUpload = UploadRecord & { userId: string }

const isOpen = (upload: UploadRecord | undefined, path: string, now: number): upload is OpenUpload =>
  upload?.userId !== undefined && upload.path === path && upload.state === 'issued' && now < upload.expiresAt

const formOf = ({ header, body }: HttpRequest): { path: string; bytes: Buffer } => {
  const parts = parseMultipart(header('content-type') ?? '', body)
  const only = (name: string, isFile: boolean): Part => {
    const [part, ...others] = parts.filter((one) => one.name === name)
    if (part === undefined || others.length > 0 || (part.filename !== undefined) !== isFile) {
      throw badRequest(`the form must have one ${isFile ? 'file' : 'field'} "${name}"`)
    }
    return part
  }
  const unknown = parts.find(({ name }) => name !== 'path' && name !== 'file')
  if (unknown !== undefined) throw badRequest('the form must have "path" and "file", and nothing else')
  return { path: only('path', false).bytes.toString('utf8'), bytes: only('file', true).bytes }
}
