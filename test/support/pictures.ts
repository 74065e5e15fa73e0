// Pictures for tests: bytes that begin like one, and the upload of them as a client does it.
import { randomBytes } from 'node:crypto'
import type { PictureType } from '../../typings/contract'
import type { createTestServer } from './server'

const HEADS: Record<PictureType, Buffer> = {
  png: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
  jpeg: Buffer.from('\xff\xd8\xff\xe0', 'latin1'),
  gif: Buffer.from('GIF89a', 'latin1'),
  webp: Buffer.from('RIFF\0\0\0\0WEBP', 'latin1'),
}

/** No two are the same. */
export const pictureOf = (type: PictureType, size = 64): Buffer => {
  const head = HEADS[type]
  return Buffer.concat([head, randomBytes(Math.max(0, size - head.length))])
}

export const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')

type TestServer = ReturnType<typeof createTestServer>

/** Asks for a path, uploads, and says the path. `bytes`: a picture of the type unless said; null uploads nothing. */
export const upload = async (
  server: TestServer,
  token: string,
  { type = 'png', bytes = pictureOf(type) }: { type?: PictureType; bytes?: Buffer | null } = {},
): Promise<string> => {
  const reply = await server.main({ v: 1, call: 'avatarUpload', data: { type, size: bytes?.length ?? 1 }, token })
  if (!reply.ok) throw new Error(JSON.stringify(reply))
  const { cloudPath } = reply.data as { cloudPath: string }
  if (bytes) await server.storage.upload(cloudPath, bytes, `image/${type}`)
  return cloudPath
}
