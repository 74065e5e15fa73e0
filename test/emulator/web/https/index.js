// A function behind HTTP access that answers with what reached it.
exports.main = async (event) => {
  const { status = '200' } = event.queryStringParameters
  if (event.path === '/text')
    return { statusCode: Number(status), headers: { 'content-type': 'text/html' }, body: '<b>no JSON</b>' }
  if (event.path === '/bytes')
    return { statusCode: 200, body: Buffer.from([0, 255, 7]).toString('base64'), isBase64Encoded: true }
  const body = event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString('latin1') : event.body
  return {
    statusCode: Number(status),
    headers: { 'content-type': 'application/json', 'x-own': 'yes' },
    body: JSON.stringify({ ...event, body, appid: process.env.WEIXIN_APPID }),
  }
}
