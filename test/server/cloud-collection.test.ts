// The border to the SDK: its failures translated, its context read.
import { createCollection } from '../../cloudfunctions/platform/cloud-collection'
import { type CloudCollection, type CloudSdk, createCloudSdk } from '../../cloudfunctions/platform/cloud-sdk'
import { callerOf } from '../../cloudfunctions/platform/context'

/** As wx-server-sdk 4.0.2 words it. */
const sdkError = (errCode: number, text: string) =>
  Object.assign(new Error(`collection.add:fail ${errCode} ${text}`), {
    errCode,
    errMsg: `collection.add:fail ${errCode} ${text}`,
  })
const failing = (cause: unknown) => {
  const fail = () => Promise.reject(cause)
  const collection: CloudCollection = {
    doc: () => ({ get: fail, update: fail, remove: fail }),
    add: fail,
    where: () => ({
      orderBy: () => ({ limit: () => ({ get: fail }) }),
      update: fail,
      remove: fail,
    }),
  }
  const unused = () => {
    throw new Error('not asked for here')
  }
  const command = {
    lt: unused,
    gt: unused,
    neq: unused,
    exists: unused,
    inc: unused,
    set: unused,
    remove: unused,
    and: unused,
    or: unused,
    in: unused,
  }
  return createCollection({ command, collection: () => collection }, 'sessions')
}

describe('a failing database', () => {
  it('makes a missing collection a misconfiguration that names it', async () => {
    const collection = failing(
      sdkError(-502005, 'database collection not exists. [ResourceNotFound] Db or Table not exist: sessions'),
    )
    const misconfigured = expect.objectContaining({
      code: 'MISCONFIGURED',
      message: expect.stringContaining('sessions'),
    })
    await expect(collection.find('1')).rejects.toEqual(misconfigured)
    await expect(collection.add({ _id: '1' })).rejects.toEqual(misconfigured)
    await expect(collection.update('1', {})).rejects.toEqual(misconfigured)
    await expect(collection.removeWhere({})).rejects.toEqual(misconfigured)
  })

  it('makes a duplicate id a value', async () => {
    const text =
      'database request fail. [FailedOperation.Insert] multiple write errors: [{write errors: [{E11000 duplicate key error collection: sessions index: _id_ dup key: { _id: "s1" }}]}, {<nil>}]'
    await expect(failing(sdkError(-502001, text)).add({ _id: 's1' })).resolves.toBe('exists')
  })

  it('that is busy or cut off is worth another try', async () => {
    const cutOff = failing(sdkError(-501001, 'resource system error. socket hang up'))

    await expect(cutOff.add({ _id: 's1' })).rejects.toMatchObject({ code: 'WECHAT_BUSY' })
  })

  it.each([[sdkError(-502001, 'database request fail')], ['a string'], [undefined], [null]])(
    'makes anything else INTERNAL, with the reason for the log only: %p',
    async (cause) => {
      const refused = await failing(cause)
        .add({ _id: 's1' })
        .catch((refusal: { code: string; message: string; detail: string }) => refusal)
      expect(refused).toMatchObject({ code: 'INTERNAL', detail: expect.stringContaining('sessions.add') })
      expect(refused).not.toHaveProperty('message', expect.stringContaining('socket'))
    },
  )
})

describe('the SDK', () => {
  const sdk = (): CloudSdk => ({
    DYNAMIC_CURRENT_ENV: Symbol('env'),
    init: jest.fn(),
    getWXContext: () => ({}),
    database: jest.fn(),
    openapi: {
      phonenumber: { getPhoneNumber: jest.fn() },
      security: { msgSecCheck: jest.fn(), mediaCheckAsync: jest.fn() },
    },
    getOpenData: jest.fn(),
    uploadFile: jest.fn(),
    getTempFileURL: jest.fn(),
    deleteFile: jest.fn(),
  })

  it('is loaded when first needed, and once', () => {
    const load = jest.fn(sdk)
    const cloud = createCloudSdk(load)
    expect(load).not.toHaveBeenCalled()
    expect(cloud.loaded()).toBe(cloud.loaded())
    expect(load).toHaveBeenCalledTimes(1)
  })

  it('that is not installed is a misconfiguration, and tried again next time', () => {
    const load = jest.fn(sdk)
    load.mockImplementationOnce(() => {
      throw new Error("Cannot find module 'wx-server-sdk'")
    })
    const cloud = createCloudSdk(load)
    expect(() => cloud.loaded()).toThrow(expect.objectContaining({ code: 'MISCONFIGURED' }))
    expect(cloud.loaded()).toBeDefined()
  })
})

describe('who calls', () => {
  it('is read from the context, a number of digits as text and an empty value as none', () => {
    expect(callerOf({ OPENID: 123, APPID: 'wx1', UNIONID: '', FROM_OPENID: 'o2', SOURCE: 'wx_client' })).toEqual({
      openid: '123',
      appid: 'wx1',
      fromOpenid: 'o2',
      source: 'wx_client',
    })
  })

  it('is nobody when the context is empty or of other types', () => {
    expect(callerOf({})).toEqual({})
    expect(callerOf({ OPENID: { $ne: 1 }, APPID: null })).toEqual({})
  })
})
