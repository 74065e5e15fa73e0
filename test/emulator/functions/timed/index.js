// Tells who a timer says is calling, and what it brought; counts something, so that the trace shows it.
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async (event) => {
  await cloud.database().collection('things').count()
  return { event, context: cloud.getWXContext() }
}
