// Cloud storage on the SDK: what a failure of it means.
import { createCloudStorage } from '../../cloudfunctions/platform/cloud-storage'

const failing = (errCode: number) => {
  const fail = () => Promise.reject(Object.assign(new Error(`errCode: ${errCode}`), { errCode, errMsg: 'fail' }))
  return createCloudStorage(() => ({ uploadFile: fail, getTempFileURL: fail, deleteFile: fail }))
}
const answering = (status: number) => {
  const answer = async () => ({ fileList: [{ status, errMsg: 'x' }] })
  return createCloudStorage(() => ({
    uploadFile: async () => ({ fileID: 1 }),
    getTempFileURL: answer,
    deleteFile: answer,
  }))
}

// The SDK says -1 of whatever failed as a whole: an outage that passes, not a mistake of ours.
it.each([-1, -501001, -501002, -501003, -501004, -503001])('%d passes: busy', async (errCode) => {
  const storage = failing(errCode)
  await expect(storage.urlOf('cloud://e.b/x')).rejects.toMatchObject({ code: 'WECHAT_BUSY' })
  await expect(storage.remove('cloud://e.b/x')).rejects.toMatchObject({ code: 'WECHAT_BUSY' })
  await expect(storage.fileIDOf('x')).rejects.toMatchObject({ code: 'WECHAT_BUSY' })
})

it('anything else is ours to look at', async () => {
  await expect(failing(-503002).urlOf('cloud://e.b/x')).rejects.toMatchObject({ code: 'INTERNAL' })
  await expect(answering(0).fileIDOf('x')).rejects.toMatchObject({ code: 'INTERNAL' })
})

it('a file that is not there has no address, and is as good as removed', async () => {
  await expect(answering(-503003).urlOf('cloud://e.b/x')).resolves.toBeUndefined()
  await expect(answering(-503003).remove('cloud://e.b/x')).resolves.toBeUndefined()
})
