// Functions that ask for an access token: WeChat answers only addresses it was told.

import { type Finding, todo } from '../finding'
import type { Project } from '../project'

export const checkAccessToken = ({ read, functions, config }: Project): Finding[] => {
  const root = String(config['cloudfunctionRoot'] ?? 'dist/cloudfunctions').replace(/\/+$/, '')
  const asking = functions.filter((name) => (read(`${root}/${name}/index.js`) ?? '').includes('/cgi-bin/stable_token'))
  if (asking.length === 0) return []
  const fix =
    'either leave mp.weixin.qq.com → 开发设置 → IP白名单 unused, or give these functions a fixed address (云开发 → 云函数 → 固定 IP) and enter it there; a missing one is errcode 40164'
  return [
    todo(
      'access-token',
      `${asking.join(', ')}: asks WeChat for an access token (over https, and to check sealed data)`,
      fix,
    ),
  ]
}
