// The call `phone`: binds the number that WeChat vouches for, or removes it.
import type { PhoneRequest } from '../../typings/contract'
import type { CallOf, Scope } from '../core/call'
import { badRequest, Refusal } from '../core/errors'
import { redeemPhoneCode } from '../core/phone-codes'
import { type PhoneNumber, readPhoneInfo } from '../core/phone-number'
import { bindPhone, removePhone } from '../core/phones'
import { openSealed } from '../core/sealed-data'
import { createSealing, type Sealing } from '../core/sealing'
import { createSecret } from '../core/secret'
import { objectOf, textOf } from '../core/shape'
import { isAlive } from '../core/users'

const CODE = /^.{1,256}$/s
const SEALED = /^.{1,8192}$/s // whether it is base64 is not said here: that is one of the steps that must look alike
const CLOUD_ID = /^.{1,512}$/s

const parse = (data: unknown): PhoneRequest => {
  const fields = objectOf(data, ['code', 'takeOver', 'encryptedData', 'iv', 'cloudID', 'remove'], 'data')
  const { code, takeOver, encryptedData, iv, cloudID, remove } = fields
  const given = (...names: string[]) => Object.keys(fields).every((name) => names.includes(name))
  if (code !== undefined && given('code', 'takeOver', 'encryptedData', 'iv')) {
    if (takeOver !== undefined && takeOver !== true) throw badRequest('data.takeOver must be true, if it is there')
    if (encryptedData !== undefined || iv !== undefined) parseSealed(encryptedData, iv)
    const text = textOf(code, 'data.code', CODE, 'a string of 1 to 256')
    return { code: text, ...(takeOver && { takeOver }) }
  }
  if (encryptedData !== undefined && given('encryptedData', 'iv')) return parseSealed(encryptedData, iv)
  // WeChat puts an object in the place of a top-level cloudID; here only a string is one, so nobody can forge that.
  if (cloudID !== undefined && given('cloudID')) {
    return { cloudID: textOf(cloudID, 'data.cloudID', CLOUD_ID, 'a string of 1 to 512') }
  }
  if (remove === true && given('remove')) return { remove }
  throw badRequest(
    'data must be { code }, { code, takeOver: true }, { encryptedData, iv }, { cloudID } or { remove: true }',
  )
}

const parseSealed = (encryptedData: unknown, iv: unknown) => ({
  encryptedData: textOf(encryptedData, 'data.encryptedData', SEALED, 'a string of 1 to 8192'),
  iv: textOf(iv, 'data.iv', SEALED, 'a string of 1 to 8192'),
})

type Coming = Exclude<PhoneRequest, { remove: true }>

const numberOf = async (request: Coming, scope: Scope, appid: string, sealing: Sealing): Promise<PhoneNumber> => {
  const { session, stores, clock, random, deadline, openApi, hide } = scope
  const read = (info: unknown) => readPhoneInfo(info, { appid, now: clock.now() })
  if ('code' in request) {
    const code = createSecret('phone code', request.code)
    hide(code)
    const { identity } = session
    const { redemptions } = stores
    return redeemPhoneCode({ clock, random, redemptions, sealing, deadline }, { code, identity }, async () =>
      read(await openApi.phoneInfo(code)),
    )
  }
  if ('cloudID' in request) {
    const cloudID = createSecret('cloudID', request.cloudID)
    hide(cloudID)
    return read(await openApi.openData(cloudID))
  }
  const encryptedData = createSecret('sealed data', request.encryptedData)
  hide(encryptedData)
  const { identities, counters } = stores
  const sealed = { encryptedData, iv: request.iv }
  const number = read(await openSealed({ clock, identities, counters, sealing }, session.identity, sealed))
  hide(number.digits)
  if (!(await openApi.hasSealed(encryptedData))) throw new Refusal('DATA_MISMATCH', 'WeChat did not seal this')
  return number
}

export const phone: CallOf<'phone'> = {
  policy: { safe: false, replay: true, code: 'refused' },
  parse,
  run: async (request, scope) => {
    const { session, stores, clock, random, environment, deadline, hide } = scope
    const { userId } = session
    if ('remove' in request) return { user: await scope.tell(await removePhone(stores, userId)) }
    // All that configuration, or an account that is gone, can spoil comes before anything is spent.
    const appid = environment.appid()
    const indexKey = environment.indexKey()
    const sealing = createSealing({ random, keyring: environment.keyring() })
    await scope.user()
    const number = await numberOf(request, scope, appid, sealing)
    hide(number.digits)
    const ports = {
      clock,
      random,
      phones: stores.phones,
      users: stores.users,
      sealing,
      indexKey,
      endsAt: deadline.endsAt,
    }
    const takeOver = 'takeOver' in request && request.takeOver === true
    try {
      return { user: await scope.tell(await bindPhone(ports, userId, number, { takeOver })) }
    } catch (failure) {
      // An account that was deleted meanwhile leaves no number behind, not even in memory.
      const user = await stores.users.find(userId).catch(() => Promise.reject(failure))
      if (!isAlive(user)) {
        await stores.redemptions.forget(session.identity)
      }
      throw failure
    }
  },
}
