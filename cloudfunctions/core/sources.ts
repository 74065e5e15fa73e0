// Sources: what the platform says a call came from, link by link when functions call functions.
// https://developers.weixin.qq.com/miniprogram/dev/wxcloudservice/wxcloud/reference-sdk-api/utils/Cloud.getWXContext.html

const some = (source: string | undefined, kind: RegExp) => source?.split(',').some((link) => kind.test(link)) ?? false

/** Whether anything of a client stands behind it: `wx_client`, `wx_devtools`, `wx_localdebug`, or a web client's. */
export const isClientSource = (source: string | undefined): boolean => some(source, /client|devtools|debug|crawler/i)

/** Whether it came by HTTP: `wx_http`. */
export const isHttpSource = (source: string | undefined): boolean => some(source, /http/i)
