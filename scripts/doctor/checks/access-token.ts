// Functions that ask for an access token: WeChat answers only addresses it was told.

import { type Finding, todo } from '../finding'
import type { Project } from '../project'

/** The code of the others contains the address as well, and never gets there. */
const MAY_ASK = ['auth', 'https', 'housekeeping']

export const checkAccessToken = ({ read, functions, config }: Project): Finding[] => {
  const root = String(config['cloudfunctionRoot'] ?? 'dist/cloudfunctions').replace(/\/+$/, '')
  const mayAsk = functions.filter((name) => MAY_ASK.includes(name))
  const asking = mayAsk.filter((name) => (read(`${root}/${name}/index.js`) ?? '').includes('/cgi-bin/stable_token'))
  if (asking.length === 0) return []
  const fix =
    'give these functions a fixed address (云开发 → 网络 → 固定出口 IP) and enter it under mp.weixin.qq.com → 开发管理 → 开发设置 → IP白名单; otherwise WeChat answers 40164'
  return [
    todo(
      'access-token',
      `${asking.join(', ')}: ask WeChat for an access token (over https, to check sealed data, to ask again about a picture)`,
      fix,
    ),
  ]
}
