// multipart/form-data: what `wx.uploadFile` sends is taken apart to the byte, what is malformed is refused.
import busboy from 'busboy'
import { HttpRefusal } from '../../cloudfunctions/core/http'
import { parseMultipart } from '../../cloudfunctions/core/multipart'
import { formOf } from '../support/http-events'

const PICTURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 45, 45, 13, 10])
const form = formOf({ name: 'path', value: 'avatars/1.png' }, { name: 'file', value: PICTURE, filename: 'a.png' })
const type = form.headers['content-type']

it('gives every part with its bytes', () => {
  const [path, file, ...others] = parseMultipart(type, form.body)
  expect(others).toHaveLength(0)
  expect(path).toEqual({ name: 'path', bytes: Buffer.from('avatars/1.png') })
  expect(file).toEqual({ name: 'file', filename: 'a.png', bytes: PICTURE })
})

it('finds what a lenient parser finds', async () => {
  const found: [string, string][] = []
  const other = busboy({ headers: form.headers })
  other.on('field', (name, value) => found.push([name, value]))
  other.on('file', (name, stream) => {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => found.push([name, Buffer.concat(chunks).toString('latin1')]))
  })
  await new Promise((resolve) => other.on('close', resolve).end(form.body))
  const ours = parseMultipart(type, form.body).map(({ name, bytes }): [string, string] => [
    name,
    bytes.toString('latin1'),
  ])
  expect(new Map(ours)).toEqual(new Map(found))
})

it('takes a quoted boundary, an empty file, a name without quotes', () => {
  const body = Buffer.from(
    '--b c\r\nContent-Disposition: form-data; name=file; filename=""\r\nContent-Type: image/png\r\n\r\n\r\n--b c--',
  )
  expect(parseMultipart('multipart/form-data; boundary="b c"', body)).toEqual([
    { name: 'file', filename: '', bytes: Buffer.alloc(0) },
  ])
})

const HEAD = 'Content-Disposition: form-data; name="a"'
it.each<[string, string, string]>([
  ['no boundary', 'multipart/form-data', `--b\r\n${HEAD}\r\n\r\nx\r\n--b--`],
  ['a boundary too long', `multipart/form-data; boundary=${'b'.repeat(71)}`, `--${'b'.repeat(71)}--`],
  ['another boundary', 'multipart/form-data; boundary=c', `--b\r\n${HEAD}\r\n\r\nx\r\n--b--`],
  ['nothing', 'multipart/form-data; boundary=b', ''],
  ['an end that never comes', 'multipart/form-data; boundary=b', `--b\r\n${HEAD}\r\n\r\nx`],
  ['a boundary in the middle of a line', 'multipart/form-data; boundary=b', `--bx\r\n${HEAD}\r\n\r\nx\r\n--b--`],
  ['a part without headers', 'multipart/form-data; boundary=b', '--b\r\nx\r\n--b--'],
  [
    'a part without a name',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--',
  ],
  [
    'an attachment',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: attachment; name="a"\r\n\r\nx\r\n--b--',
  ],
  ['headers too long', 'multipart/form-data; boundary=b', `--b\r\n${HEAD}\r\nX: ${'x'.repeat(3000)}\r\n\r\nx\r\n--b--`],
  ['too many parts', 'multipart/form-data; boundary=b', `${`--b\r\n${HEAD}\r\n\r\nx\r\n`.repeat(9)}--b--`],
])('refuses %s', (_what, contentType, body) => {
  expect(() => parseMultipart(contentType, Buffer.from(body))).toThrow(HttpRefusal)
})
