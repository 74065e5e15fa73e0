// What wx says when it fails, translated once at the border.
import { cloudFailure, loginFailure } from '../../miniprogram/auth/platform/err-msg'

test.each([
  [{ errMsg: 'login:fail', errno: 600_001 }, 'NETWORK'],
  [{ errMsg: 'login:fail timeout' }, 'TIMEOUT'],
  [{ errMsg: 'login:fail', errno: 5 }, 'TIMEOUT'],
  [{ errMsg: 'login:fail interrupted' }, 'NETWORK'],
  [{ errMsg: 'login:fail wxa login is blocked', errno: 1_402_101 }, 'USER_BLOCKED'],
  [{ errMsg: 'login:fail internal error' }, 'WECHAT_BUSY'],
  [{}, 'WECHAT_BUSY'],
])('wx.login failing with %j is %s', (failure, code) => {
  expect(loginFailure(failure)).toMatchObject({ code })
})

test.each([
  [{ errCode: -501000, errMsg: 'cloud.callFunction:fail FunctionName parameter could not be found' }, 'MISCONFIGURED'],
  [{ errMsg: 'cloud.callFunction:fail Error: errCode: -501000 | errMsg: env not exists' }, 'MISCONFIGURED'],
  [{ errCode: -601034, errMsg: '没有权限，请先开通云开发或者云托管' }, 'MISCONFIGURED'],
  [{ errCode: -504003, errMsg: 'Invoking task timed out after 3 seconds' }, 'TIMEOUT'],
  [{ errCode: -404005, errMsg: 'exceed max poll retry' }, 'TIMEOUT'],
  [{ errCode: -501023, errMsg: 'security rule failed' }, 'NOT_PERMITTED'],
  [{ errCode: -504002, errMsg: 'functions execute fail' }, 'INTERNAL'],
  [{ errMsg: 'cloud.callFunction:fail request:fail ERR_INTERNET_DISCONNECTED' }, 'NETWORK'],
  [{ errCode: -1, errMsg: 'cloud.callFunction:fail request:fail' }, 'NETWORK'],
  [{ errMsg: 'cloud.callFunction:fail 网络错误' }, 'NETWORK'],
])('callFunction failing with %j is %s, and says which function', (failure, code) => {
  const error = cloudFailure(failure, 'auth')

  expect(error).toMatchObject({ code })
  expect(error.message).toContain('auth: ')
})
