// multipart/form-data, as `wx.uploadFile` sends it: a few small parts, whole in memory, taken apart strictly.
// https://www.rfc-editor.org/rfc/rfc7578
// The gateway hands the body over in one piece, so a streaming parser would gain nothing here; and what a lenient one
// would mend, a picture's two fields have no need of.
import { HttpRefusal } from './http'

export interface Part {
  name: string
  /** Present on a file; never a path of ours. */
  filename?: string
  bytes: Buffer
}

const MAX_PARTS = 8
const MAX_HEAD_BYTES = 2048
const CRLF = '\r\n'
const BOUNDARY = /;\s*boundary=(?:"([0-9A-Za-z'()+_,./:=? -]{1,70})"|([0-9A-Za-z'()+_,./:=?-]{1,70}))\s*(?:;|$)/i

const broken = (why: string) => new HttpRefusal(400, `the multipart body is broken: ${why}`)

/** Throws HttpRefusal: 400 for whatever is not well formed. */
export const parseMultipart = (contentType: string, body: Buffer): Part[] => {
  const [, quoted, bare] = BOUNDARY.exec(contentType) ?? []
  const boundary = quoted ?? bare
  if (boundary === undefined) throw broken('no boundary in the content-type')
  const opening = Buffer.from(`--${boundary}`)
  const delimiter = Buffer.from(`${CRLF}--${boundary}`)
  const parts: Part[] = []
  let at = body.indexOf(CRLF) === 0 ? CRLF.length : 0
  if (!body.subarray(at, at + opening.length).equals(opening)) throw broken('it does not begin with its boundary')
  at += opening.length
  while (body.toString('latin1', at, at + 2) !== '--') {
    if (body.toString('latin1', at, at + 2) !== CRLF) throw broken('a boundary that does not end its line')
    if (parts.length === MAX_PARTS) throw broken(`more than ${MAX_PARTS} parts`)
    const begin = at + CRLF.length
    const end = body.indexOf(delimiter, begin)
    if (end < 0) throw broken('it is cut short')
    parts.push(partOf(body.subarray(begin, end)))
    at = end + delimiter.length
  }
  return parts
}

const partOf = (bytes: Buffer): Part => {
  const blank = bytes.indexOf(CRLF + CRLF)
  if (blank < 0 || blank > MAX_HEAD_BYTES) throw broken('a part without headers')
  const lines = bytes.toString('utf8', 0, blank).split(CRLF)
  const disposition = lines.find((line) => /^content-disposition:/i.test(line))
  if (disposition === undefined || !/^content-disposition:\s*form-data\s*;/i.test(disposition)) {
    throw broken('a part that is no form-data')
  }
  const name = parameter(disposition, 'name')
  const filename = parameter(disposition, 'filename')
  if (name === undefined) throw broken('a part without a name')
  const content = bytes.subarray(blank + 2 * CRLF.length)
  return { name, ...(filename !== undefined && { filename }), bytes: content }
}

const parameter = (line: string, key: string): string | undefined => {
  const [, quoted, bare] = new RegExp(`;\\s*${key}=(?:"([^"\\r\\n]*)"|([^\\s;"]+))`, 'i').exec(line) ?? []
  return quoted ?? bare
}
