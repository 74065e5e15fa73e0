// Takes pushes over HTTP access: prints what came and what was inside, answers as the variable ANSWER says.
const { createDecipheriv, createHash } = require('node:crypto')

const open = (encrypt) => {
  const key = Buffer.from(`${process.env.WEIXIN_PUSH_AES_KEY}=`, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()])
  return plain.subarray(20, plain.length - plain[plain.length - 1]).toString('utf8')
}

exports.main = (event) => {
  const { WEIXIN_PUSH_TOKEN: token, WEIXIN_PUSH_AES_KEY: key, ANSWER: answer } = process.env
  const encrypt = /"Encrypt":"([^"]+)"|<Encrypt><!\[CDATA\[([^\]]+)\]/.exec(event.body).slice(1).join('')
  const { timestamp, nonce, msg_signature: signature } = event.queryStringParameters
  const signed = createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex')
  console.log(`letter ${JSON.stringify({ ...event, opened: open(encrypt), signatureHolds: signed === signature })}`)
  console.log(`secrets ${token} ${key}`)
  return { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: answer }
}
