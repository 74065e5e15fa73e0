// A first login as tutorials write it: find, then insert. It is here to lose the race that ours must win.
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async () => {
  const users = cloud.database().collection('users')
  const { OPENID } = cloud.getWXContext()
  const found = await users.where({ openid: OPENID }).get()
  if (found.data.length > 0) return { id: found.data[0]._id }
  const { _id } = await users.add({ data: { openid: OPENID } })
  return { id: _id }
}
