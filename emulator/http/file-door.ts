// Files of the cloud storage, by their temporary addresses; whole, or the one range that is asked for.

import { HttpRefusal } from '../guard'
import type { FileLinks } from '../state/file-links'
import type { Files } from '../state/files'
import type { Reply } from './reply'

/** Throws HttpRefusal: 403 for an address that leads nowhere (any more), 404 for a file that is gone, 416. */
export function fileReply(
  { files, links }: { files: Pick<Files, 'find' | 'bytes'>; links: Pick<FileLinks, 'open'> },
  { url, range }: { url: string; range: string | undefined },
): Reply {
  const opened = links.open(url)
  if (opened === undefined)
    throw new HttpRefusal(403, 'AccessDenied', 'the address has no (valid) signature, or it ended')
  const bytes = files.bytes(opened.path)
  if (bytes === undefined) throw new HttpRefusal(404, 'NoSuchKey', 'the file is gone')
  const headers = {
    'content-type': files.find(opened.path)?.type ?? 'application/octet-stream',
    'accept-ranges': 'bytes',
    // Uploaded by anybody: shown as what it is, and never as a page of the emulator's own origin.
    'content-security-policy': "sandbox; default-src 'none'",
  }
  const part = range === undefined ? undefined : rangeOf(range, bytes.length)
  if (part === undefined) return { status: 200, headers, body: bytes }
  const { from, to } = part
  const about = { 'content-range': `bytes ${from}-${to}/${bytes.length}` }
  return { status: 206, headers: { ...headers, ...about }, body: bytes.subarray(from, to + 1) }
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-range; several ranges, or another unit, are answered whole. */
function rangeOf(range: string, size: number): { from: number; to: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? []
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (from < size && from <= to) return { from, to }
  throw new HttpRefusal(416, 'InvalidRange', 'no byte of the file lies there', { 'content-range': `bytes */${size}` })
}
