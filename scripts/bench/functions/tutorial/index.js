// A login as tutorials write it, to measure ours against: both libraries required at the top, one request, one write.
const cloud = require('wx-server-sdk')
const axios = require('axios')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async ({ code }) => {
  const { data } = await axios.get(`${process.env.WEIXIN_API_BASE}/sns/jscode2session`, {
    params: {
      appid: process.env.WEIXIN_APPID,
      secret: process.env.WEIXIN_APP_SECRET,
      js_code: code,
      grant_type: 'authorization_code',
    },
  })
  const { _id } = await cloud
    .database()
    .collection('users')
    .add({ data: { openid: data.openid } })
  return { id: _id }
}
