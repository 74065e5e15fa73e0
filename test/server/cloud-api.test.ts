// Cloud calls: what is asked of the SDK, and its failures translated.
import { createHash } from 'node:crypto'
import { createDeadline } from '../../cloudfunctions/core/deadline'
import { createOpenApi } from '../../cloudfunctions/core/open-api'
import { createSecret } from '../../cloudfunctions/core/secret'
import { createCloudApi } from '../../cloudfunctions/platform/cloud-api'
import { createMemoryStores } from '../support/memory-stores'
import { refusedBy } from '../support/refused'
import { phoneInfoOf } from '../support/sealed'
import { APPID } from '../support/server'
import { createToldClock, SOME_DAY } from '../support/told-clock'

const INFO = phoneInfoOf(APPID, SOME_DAY)
const CODE = createSecret('phone code', 'the-code')
const nobody = () => Promise.reject(new Error('not asked for here'))
const ID = createSecret('cloudID', 'the-cloudID')

const given = (answer: () => Promise<unknown>) => {
  const asked: unknown[] = []
  const ask = (data: unknown) => {
    asked.push(data)
    return answer()
  }
  const sdk = {
    openapi: { phonenumber: { getPhoneNumber: ask }, security: { msgSecCheck: ask, mediaCheckAsync: ask } },
    getOpenData: ask,
  }
  return { asked, api: createCloudApi({ sdk, clock: createToldClock() }, { functionName: 'auth' }) }
}
/** As wx-server-sdk 4.0.2 rejects. */
const sdkError = (
  errCode: number,
  errMsg = `openapi.phonenumber.getPhoneNumber:fail the-code rid: 69dfb1ed-7ed689cc`,
) => Object.assign(new Error(`errCode: ${errCode} | errMsg: ${errMsg}`), { errCode, errMsg })

describe('a phone code', () => {
  it('is asked about as the SDK wants it', async () => {
    const { api, asked } = given(async () => ({ errCode: 0, phoneInfo: INFO }))
    expect(await api.phoneInfo(CODE)).toEqual(INFO)
    expect(asked).toEqual([{ code: 'the-code' }])
  })

  it.each([
    [-604101, 'MISCONFIGURED', 'config.json'],
    [-604100, 'MISCONFIGURED', 'interface'],
    [-604104, 'NOT_PERMITTED', 'mini-program'],
    [-604102, 'WECHAT_BUSY', 'long'],
    [-501001, 'WECHAT_BUSY', 'cloud'],
    [-1, 'WECHAT_BUSY', 'busy'],
    [40029, 'PHONE_CODE_INVALID', 'phone code'],
    [40013, 'MISCONFIGURED', 'WEIXIN_APPID'],
    [45011, 'RATE_LIMITED', 'minute'],
    [48001, 'NOT_PERMITTED', 'permission'],
    [-999999, 'INTERNAL', '-999999'],
  ])('refused with errCode %i is %s, and the message says %s', async (errCode, code, named) => {
    const { api } = given(() => Promise.reject(sdkError(errCode)))
    const refused = await refusedBy(api.phoneInfo(CODE))
    expect([refused.code, refused.detail]).toEqual([code, `errcode ${errCode} rid 69dfb1ed-7ed689cc`])
    expect(refused.message).toContain(named)
    expect(refused.message).not.toContain('the-code')
  })

  it.each([[undefined], ['a text'], [new Error('the-code')]])(
    'refused with %p is INTERNAL without a word of it',
    async (cause) => {
      const refused = await refusedBy(given(() => Promise.reject(cause)).api.phoneInfo(CODE))
      expect([refused.code, refused.detail]).toEqual(['INTERNAL', undefined])
    },
  )
})

describe('a cloudID', () => {
  it('is asked about alone, and stands for its data', async () => {
    const { api, asked } = given(async () => ({ errCode: 0, list: [{ cloudID: 'the-cloudID', data: INFO }] }))
    expect(await api.openData(ID)).toEqual(INFO)
    expect(asked).toEqual([{ list: ['the-cloudID'] }])
  })

  it.each([
    [-601005, 'PHONE_CODE_INVALID'],
    [-601006, 'PHONE_CODE_INVALID'],
    [-601007, 'DATA_MISMATCH'],
  ])('refused with %i in the list, or by the call, is %s', async (errCode, code) => {
    const inList = given(async () => ({ list: [{ cloudID: 'the-cloudID', errCode, errMsg: 'no' }] }))
    const byCall = given(() => Promise.reject(sdkError(errCode, 'getOpenData:fail')))
    for (const { api } of [inList, byCall]) expect((await refusedBy(api.openData(ID))).code).toBe(code)
  })

  it.each([[undefined], [{}], [{ list: [] }], [{ list: 'INFO' }]])(
    'answered with %p stands for nothing',
    async (answer) => {
      expect(await given(async () => answer).api.openData(ID)).toBeUndefined()
    },
  )
})

describe('the hash of sealed data', () => {
  it('is that of WeChat’s own example: of the base64 text, not of its bytes', async () => {
    // https://developers.weixin.qq.com/minigame/dev/api-backend/open-api/user-info/auth.checkEncryptedData.html
    const encryptedData =
      'hsSuSUsePBqSQw2rYMtf9Nvha603xX8f2BMQBcYRoJiMNwOqt/UEhrqekebG5ar0LFNAm5MD4Uz6zorRwiXJwbySJ/FEJHav4NsobBIU1PwdjbJWVQLFy7+YFkHB32OnQXWMh6ugW7Dyk2KS5BXp1f5lniKPp1KNLyNLlFlNZ2mgJCJmWvHj5AI7BLpWwoRvqRyZvVXo+9FsWqvBdxmAPA=='
    const hashes: string[] = []
    const clock = createToldClock()
    const openApi = createOpenApi({
      clock,
      weixin: {
        phoneInfo: async () => undefined,
        checkText: async () => undefined,
        checkPicture: async () => undefined,
        hasSealed: async (hash) => {
          hashes.push(hash)
          return true
        },
      },
      counters: createMemoryStores().counters,
      appid: () => 'wx00000000000000aa',
      deadline: createDeadline({ clock }, 1000),
      hide: () => undefined,
      byCloud: undefined,
      openid: nobody,
    })
    await openApi.hasSealed(createSecret('sealed data', encryptedData))
    expect(hashes).toEqual(['657edd868c9715a9bebe42b833269a557a48498785397a796f1568c29a200b2c'])
    expect(hashes[0]).toBe(createHash('sha256').update(encryptedData).digest('hex'))
  })
})
