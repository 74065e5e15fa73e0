// Calls the open API through the SDK as the event says; tells what came, also a refusal.
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

const deeds = {
  openapi: ({ api, data }) => api.split('.').reduce((at, name) => at[name], cloud.openapi)(data),
  getOpenData: ({ list }) => cloud.getOpenData({ list }),
  event: (event) => ({ event, context: cloud.getWXContext() }),
}

exports.main = (event) =>
  Promise.resolve(deeds[event.deed](event)).catch(({ errCode, errMsg }) => ({ errCode, errMsg }))
