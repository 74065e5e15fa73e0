// Reads one text field of a multipart body, as node-sdk's form-data writes it.

/** The value of the field, or undefined; never decodes files or nested parts. */
export function formField(body: Buffer, name: string): string | undefined {
  const head = `name="${name}"\r\n\r\n`
  const from = body.indexOf(head)
  if (from < 0) return undefined
  const start = from + head.length
  const end = body.indexOf('\r\n--', start)
  return end < 0 ? undefined : body.subarray(start, end).toString('utf8')
}
