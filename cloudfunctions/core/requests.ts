// From an unknown event to a request: afterwards nobody checks again.
import type { DeviceInfo } from '../../typings/contract'
import { badRequest } from './errors'
import { tooMuch } from './measure'
import { createSecret, type Secret } from './secret'
import { isObject, objectOf, textOf } from './shape'

/** An event whose frame is sound. Whether the call exists, and whether its data is right, is not said yet. */
export interface Request {
  call: string
  data: unknown
  /** Of any shape up to 256 characters: a wrong one is an expired session, not a bad request. */
  token?: Secret
  code?: Secret
  expectUser?: string
  device?: DeviceInfo
}

const SUPPORTED_VERSIONS: readonly unknown[] = [1]
const KEYS = ['v', 'call', 'data', 'token', 'code', 'expectUser', 'device']
const LIMITS = { bytes: 16 * 1024, depth: 6 } // the largest honest call, sealed data, is about 2 KB and three levels deep

const TOKEN = /^.{0,256}$/s
const CODE = /^.{1,256}$/s
const USER_ID = /^[A-Za-z0-9_-]{1,64}$/
const DEVICE_ID = /^[A-Za-z0-9_-]{8,64}$/
const LABEL = /^.{0,64}$/s

/** Throws BAD_REQUEST naming what is wrong. */
export const parseRequest = (event: unknown): Request => {
  if (!isObject(event)) throw badRequest('the event must be an object')
  // WeChat adds userInfo to what a client sent; who is calling is never read from it.
  const { userInfo: _byWeixin, ...sent } = event
  const excess = tooMuch(sent, LIMITS)
  if (excess !== undefined) throw badRequest(`the event is refused: ${excess}`)
  const { v, call, data, token, code, expectUser, device } = objectOf(sent, KEYS, 'the event')
  if (!SUPPORTED_VERSIONS.includes(v)) {
    throw badRequest(`v is not supported here; supported: ${SUPPORTED_VERSIONS.join(', ')}`)
  }
  return {
    call: textOf(call, 'call', LABEL, 'the name of a call'),
    data,
    ...(token !== undefined && { token: createSecret('token', textOf(token, 'token', TOKEN, 'a string up to 256')) }),
    ...(code !== undefined && { code: createSecret('code', textOf(code, 'code', CODE, 'a string of 1 to 256')) }),
    ...(expectUser !== undefined && { expectUser: textOf(expectUser, 'expectUser', USER_ID, 'a user id') }),
    ...(device !== undefined && { device: parseDevice(device) }),
  }
}

const parseDevice = (value: unknown): DeviceInfo => {
  const { id, model, platform } = objectOf(value, ['id', 'model', 'platform'], 'device')
  return {
    id: textOf(id, 'device.id', DEVICE_ID, '8 to 64 letters, digits, - or _'),
    model: textOf(model, 'device.model', LABEL, 'a string up to 64'),
    platform: textOf(platform, 'device.platform', LABEL, 'a string up to 64'),
  }
}
