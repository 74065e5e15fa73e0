// Prints what it is told in four spellings, and answers with it, so that the search for leaks can be seen to find one.
exports.main = async ({ say }) => {
  console.log(say)
  console.error(Buffer.from(say).toString('hex'))
  console.log(encodeURIComponent(say))
  console.error(JSON.stringify({ text: Buffer.from(say).toString('base64') }))
  return { said: say }
}
