// Uses the storage through the SDK as the event says; tells what came, also a refusal. Bytes travel in base64.
const cloud = require('wx-server-sdk')

cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

const deeds = {
  upload: ({ path, base64 }) => cloud.uploadFile({ cloudPath: path, fileContent: Buffer.from(base64, 'base64') }),
  download: async ({ fileID }) => {
    const { fileContent, statusCode } = await cloud.downloadFile({ fileID })
    return { statusCode, base64: fileContent.toString('base64') }
  },
  urls: ({ fileList }) => cloud.getTempFileURL({ fileList }),
  delete: ({ fileList }) => cloud.deleteFile({ fileList }),
}

exports.main = (event) =>
  Promise.resolve(deeds[event.deed](event)).catch(({ errCode, errMsg }) => ({ errCode, errMsg }))
