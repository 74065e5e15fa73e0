// The phone number as a server may ask for it: POST /wxa/business/getuserphonenumber, POST /wxa/business/checkencryptedmsg.

import { WeixinError } from '../errcodes'
import { type PhoneInfo, phoneInfo } from '../phone-grant'
import { PHONE_CODE_LIFE_MS } from '../state/phone-codes'
import type { OperationPorts, Operations } from './operation'
import { appOf, type Fields, fieldsOf, readFields } from './request'

const HASH = /^[0-9a-f]{64}$/i

/**
 * Redeems the code of a tap. Throws WeixinError 48001, 40029, 40013 or 40003.
 * https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/phone-number/api_getphonenumber
 */
export function redeemPhoneCode(
  { state, clock }: OperationPorts,
  appid: string,
  { code, openid }: Fields,
): { errcode: 0; errmsg: 'ok'; phone_info: PhoneInfo } {
  if (!state.phoneService.entitled(appid)) throw new WeixinError(48001)
  const found = typeof code === 'string' ? state.phoneCodes.find(code) : undefined
  if (typeof code !== 'string' || found === undefined || found.used) throw new WeixinError(40029)
  if (found.appid !== appid) throw new WeixinError(40013)
  if (clock.now() - found.issuedAt > PHONE_CODE_LIFE_MS) throw new WeixinError(40029)
  // WeChat names no errcode for somebody else's code.
  if (openid !== undefined && openid !== state.apps.openid(found.account, appid)) throw new WeixinError(40003)
  state.phoneCodes.spend(code)
  return { errcode: 0, errmsg: 'ok', phone_info: phoneInfo(found.number, appid, found.issuedAt) }
}

export function phoneOperations(ports: OperationPorts): Operations {
  const { state } = ports
  return {
    '/wxa/business/getuserphonenumber': {
      op: 'getuserphonenumber',
      method: 'POST',
      account: ({ body }) => {
        const code = readFields(body)?.['code']
        return typeof code === 'string' ? state.phoneCodes.find(code)?.account : undefined
      },
      run: (request) => redeemPhoneCode(ports, appOf(state, request), fieldsOf(request)),
    },
    /** https://developers.weixin.qq.com/miniprogram/dev/server/API/user-info/basic-info/api_checkencrypteddata */
    '/wxa/business/checkencryptedmsg': {
      op: 'checkencryptedmsg',
      method: 'POST',
      account: () => undefined,
      run(request) {
        const appid = appOf(state, request)
        const { encrypted_msg_hash: hash } = fieldsOf(request)
        if (hash === undefined) throw new WeixinError(47001)
        if (typeof hash !== 'string' || !HASH.test(hash)) throw new WeixinError(40097)
        const sealedAt = state.sealed.sealedAt(hash.toLowerCase(), appid)
        if (sealedAt === undefined) throw new WeixinError(1)
        // `vaild` is how WeChat spells it.
        return { errcode: 0, errmsg: 'ok', vaild: true, create_time: Math.floor(sealedAt / 1000) }
      },
    },
  }
}
