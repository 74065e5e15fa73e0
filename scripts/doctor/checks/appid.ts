// The AppID: the one thing that makes the project somebody's.

import { type Finding, ok, todo, wrong } from '../finding'
import type { Project } from '../project'

const PLACEHOLDER = 'touristappid'

export const checkAppid = ({ read, json, config }: Project): Finding[] => {
  if (read('project.config.json') === undefined || json('project.config.json') === undefined) {
    return [wrong('appid', 'project.config.json is missing or is not JSON', 'restore it from the repository')]
  }
  const { appid } = config
  if (appid === PLACEHOLDER || appid === undefined || appid === '') {
    const fix =
      'put yours into "appid" of project.config.json: mp.weixin.qq.com → 开发管理 → 开发设置 → 开发者ID (a wx and 16 characters)'
    return [todo('appid', 'the AppID is still the placeholder (enough for npm start, not for WeChat)', fix)]
  }
  if (typeof appid !== 'string' || !/^wx[0-9a-z]{16}$/.test(appid)) {
    return [wrong('appid', `"${String(appid)}" is not an AppID`, 'an AppID is wx and 16 digits or small letters')]
  }
  return [ok('appid', `the AppID is ${appid}`)]
}
