// Given for HTTP access: requests as CloudBase's gateway hands them to a function.

export interface Sent {
  method?: string
  path?: string
  headers?: Record<string, string>
  query?: Record<string, string>
  /** An object goes as JSON, bytes in base64. */
  body?: object | string | Buffer
  address?: string
}

export const httpEvent = ({
  method = 'POST',
  path = '/auth',
  headers,
  query,
  body,
  address = '192.0.2.1',
}: Sent = {}) => ({
  path,
  httpMethod: method,
  headers: { 'content-type': 'application/json', 'x-real-ip': address, 'x-forwarded-for': address, ...headers },
  queryStringParameters: query ?? {},
  requestContext: { envId: 'emulated-env' },
  body: Buffer.isBuffer(body)
    ? body.toString('base64')
    : typeof body === 'object'
      ? JSON.stringify(body)
      : (body ?? ''),
  isBase64Encoded: Buffer.isBuffer(body),
})

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const BOUNDARY = '----WeixinBoundary0123456789'

export interface FormPart {
  name: string
  value: string | Buffer
  filename?: string
}

/** multipart/form-data as `wx.uploadFile` sends it. */
export const formOf = (...parts: FormPart[]): { headers: { 'content-type': string }; body: Buffer } => {
  const chunks = parts.flatMap(({ name, value, filename }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: image/png`
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`
    return [Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')]
  })
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    body: Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]),
  }
}
