// WeChat's pushes: whom it tells that a picture was judged, or that a user withdrew consent.

import { type Finding, todo } from '../finding'
import type { Project } from '../project'

export const checkPush = ({ functions }: Project): Finding[] =>
  functions.includes('push')
    ? [
        todo(
          'push',
          'function push hears nothing until WeChat is told to push to it',
          'DevTools → 云开发 → 设置 → 其他设置 → 消息推送: event wxa_media_check and user_authorization_revoke → function push; or over your own domain: 开发管理 → 消息推送 in secure mode, JSON, with its WEIXIN_PUSH_TOKEN and WEIXIN_PUSH_AES_KEY set on the function',
        ),
      ]
    : []
