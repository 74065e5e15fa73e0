// One bare read by id: what a session check must at least cost.
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

exports.main = async ({ id }) => cloud.database({ throwOnNotFound: false }).collection('sessions').doc(id).get()
