// The phone button's event, as the call `phone` wants it, or as the AuthError it means.
import { failureOf, phoneRequest } from '../../miniprogram/auth/index'

const refusal = (detail: unknown) => {
  try {
    return phoneRequest(detail)
  } catch (thrown) {
    return failureOf(thrown).code
  }
}
const sealed = { encryptedData: 'ZGF0YQ==', iv: 'aXY=' }

test.each([
  ['the code', { errMsg: 'getPhoneNumber:ok', code: 'c' }, { code: 'c' }],
  [
    'the code before what is sealed',
    { errMsg: 'getPhoneNumber:ok', code: 'c', ...sealed, cloudID: 'i' },
    { code: 'c' },
  ],
  ['what is sealed below 2.21.2', { errMsg: 'getPhoneNumber:ok', ...sealed, cloudID: 'i' }, sealed],
  ['the cloudID where there is nothing else', { errMsg: 'getPhoneNumber:ok', cloudID: 'i' }, { cloudID: 'i' }],
  ['the code of a real-time verification', { errMsg: 'getRealtimePhoneNumber:ok', code: 'c' }, { code: 'c' }],
])('a success gives %s', (_, detail, request) => {
  expect(phoneRequest(detail)).toEqual(request)
})

test.each([
  ['USER_DENIED', { errMsg: 'getPhoneNumber:fail user deny' }],
  ['USER_DENIED', { errMsg: 'getPhoneNumber:fail:user deny' }],
  ['USER_DENIED', { errMsg: 'getPhoneNumber:fail user deny', errno: 103 }],
  ['USER_DENIED', { errMsg: 'getPhoneNumber:fail:cancel to confirm login' }],
  ['USER_DENIED', { errMsg: 'getPhoneNumber:fail user cancel' }],
  ['USER_DENIED', { errMsg: 'getPhoneNumber:fail', errno: 1 }],
  ['NOT_PERMITTED', { errMsg: 'getPhoneNumber:fail no permission' }],
  ['NOT_PERMITTED', { errMsg: 'getPhoneNumber:fail', errno: 102 }],
  ['QUOTA_EXHAUSTED', { errMsg: 'getPhoneNumber:fail appid no enough quota', errno: 1400001 }],
  ['QUOTA_EXHAUSTED', { errMsg: 'getPhoneNumber:fail', errno: 1400001 }],
  ['QUOTA_EXHAUSTED', { errMsg: 'getPhoneNumber:fail appid no enough quota' }],
  [
    'PRIVACY_UNDECLARED',
    { errMsg: 'getPhoneNumber:fail api scope is not declared in the privacy agreement', errno: 112 },
  ],
  ['PRIVACY_UNDECLARED', { errMsg: 'getPhoneNumber:fail', errno: 112 }],
  ['PRIVACY_UNDECLARED', { errMsg: 'getPhoneNumber:fail appid privacy api banned', errno: 1025 }],
  ['PRIVACY_UNDECLARED', { errMsg: 'getPhoneNumber:fail', errno: 101_101 }],
  ['PRIVACY_DENIED', { errMsg: 'getPhoneNumber:fail privacy permission is not authorized', errno: 104 }],
  ['PRIVACY_DENIED', { errMsg: 'getPhoneNumber:fail privacy permission is not authorized in gap' }],
  ['PRIVACY_DENIED', { errMsg: 'getPhoneNumber:fail', errno: 103 }],
  ['PRIVACY_DENIED', { errMsg: 'getPhoneNumber:fail', errno: 101_102 }],
  ['USER_BLOCKED', { errMsg: 'user getPhoneNumber is blocked', errno: 1421102 }],
  ['USER_BLOCKED', { errMsg: 'user getPhoneNumber is blocked' }],
  ['NETWORK', { errMsg: 'getPhoneNumber:fail request:fail', errno: 600_001 }],
  ['NETWORK', { errMsg: 'getPhoneNumber:fail', errno: 600_009 }],
  ['TIMEOUT', { errMsg: 'getRealtimePhoneNumber:fail timeout' }],
  ['TIMEOUT', { errMsg: 'getPhoneNumber:fail', errno: 5 }],
  ['RATE_LIMITED', { errMsg: 'getPhoneNumber:fail', errno: 1003 }],
])('%s is what %j means', (code, detail) => {
  expect(refusal(detail)).toBe(code)
})

test.each([
  ['an ok without anything', { errMsg: 'getPhoneNumber:ok' }],
  ['an empty code', { errMsg: 'getPhoneNumber:ok', code: '' }],
  ['a code that is no text', { errMsg: 'getPhoneNumber:ok', code: { $gt: '' } }],
  ['sealed data without its iv', { errMsg: 'getPhoneNumber:ok', encryptedData: 'ZGF0YQ==' }],
  ['a number out of the range of the network', { errMsg: 'getPhoneNumber:fail', errno: 600_010 }],
  ['no detail', undefined],
])('%s is an error that names itself, never a request', (_, detail) => {
  expect(refusal(detail)).toBe('INTERNAL')
})

test('the error keeps what WeChat said, for the log', () => {
  expect(() => phoneRequest({ errMsg: 'getPhoneNumber:fail no permission', errno: 102 })).toThrow(
    '{"errMsg":"getPhoneNumber:fail no permission","errno":102}',
  )
})
