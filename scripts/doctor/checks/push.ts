// WeChat's pushes: whom it tells that a picture was judged, or that a user withdrew consent.

import { type Finding, todo } from '../finding'
import type { Project } from '../project'

export const checkPush = ({ functions }: Project): Finding[] =>
  functions.includes('push')
    ? [
        todo(
          'push',
          'function push hears nothing until WeChat is told to push to it',
          'with a domain: mp.weixin.qq.com → 开发管理 → 开发设置 → 消息推送, 安全模式, JSON, with its WEIXIN_PUSH_TOKEN and WEIXIN_PUSH_AES_KEY set on the function (only this way tells of withdrawn consent; docs/deploy.md, 6); without one: DevTools → 云开发 → 设置 → 其他设置 → 消息推送: event wxa_media_check → function push',
        ),
      ]
    : []
