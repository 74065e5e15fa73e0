// The device's storage, encrypted for what is secret where the base library can (from 2.21.3).
import type { StoragePort } from '../core/ports'
import { isNotFound, storageFailure } from './err-msg'
import { atLeast, sdkVersion } from './version'

/** https://developers.weixin.qq.com/miniprogram/dev/api/storage/wx.setStorage.html */
export const createStorage = (device: WechatMiniprogram.Wx): StoragePort => {
  const encrypts = atLeast(sdkVersion(device), '2.21.3')

  const read = (key: string, encrypt: boolean) =>
    new Promise<unknown>((resolve, reject) => {
      device.getStorage({
        key,
        ...(encrypt && { encrypt }),
        success: ({ data }: { data: unknown }) => resolve(data),
        fail: (failure: unknown) => {
          if (isNotFound(failure)) resolve(undefined)
          else reject(storageFailure(failure))
        },
      })
    })

  return {
    /** The library may have been updated since the key was written: what does not open one way is tried the other. */
    async get(key, { secret = false } = {}) {
      const sealed = secret && encrypts
      try {
        return await read(key, sealed)
      } catch (failure) {
        if (!sealed) throw failure
        return read(key, false).catch(() => {
          throw failure
        })
      }
    },
    set: (key, data, { secret = false } = {}) =>
      new Promise((resolve, reject) => {
        device.setStorage({
          key,
          data,
          ...(secret && encrypts && { encrypt: true }),
          success: () => resolve(),
          fail: (failure) => reject(storageFailure(failure)),
        })
      }),
    remove: (key) =>
      new Promise((resolve, reject) => {
        device.removeStorage({
          key,
          success: () => resolve(),
          fail: (failure) => {
            if (isNotFound(failure)) resolve()
            else reject(storageFailure(failure))
          },
        })
      }),
  }
}
