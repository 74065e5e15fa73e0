// Who is calling, from getWXContext: read once per request, because it lives in process-wide variables.
// https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/utils/Cloud.getWXContext.html
import type { Caller } from '../core/ports'

/** The SDK turns a value of digits only into a number; an empty one is as good as none. */
const text = (value: unknown): string | undefined => {
  const string = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return string === '' ? undefined : string
}

export const callerOf = (context: Readonly<Record<string, unknown>>): Caller => {
  const appid = text(context['APPID'])
  const openid = text(context['OPENID'])
  const unionid = text(context['UNIONID'])
  const fromOpenid = text(context['FROM_OPENID'])
  const source = text(context['SOURCE'])
  return {
    ...(appid !== undefined && { appid }),
    ...(openid !== undefined && { openid }),
    ...(unionid !== undefined && { unionid }),
    ...(fromOpenid !== undefined && { fromOpenid }),
    ...(source !== undefined && { source }),
  }
}
