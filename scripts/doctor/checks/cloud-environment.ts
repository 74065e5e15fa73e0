// Which cloud environment the client speaks to, and that it opens the cloud at all.

import { type Finding, ok, todo, wrong } from '../finding'
import { constantOf, type Project } from '../project'

export const checkCloudEnvironment = (project: Project): Finding[] => {
  const id = 'cloud-environment'
  if (constantOf(project, 'TRANSPORT') === 'https') return [ok(id, 'not used: the calls go over https')]
  const app = project.read(`${project.client}/app.ts`) ?? ''
  if (!/wx\.cloud\??\.init\(/.test(app)) {
    return [wrong(id, 'app.ts never calls wx.cloud.init()', 'call it in app.ts before createAuth()')]
  }
  const environment = constantOf(project, 'CLOUD_ENV')
  if (environment === undefined) {
    return [wrong(id, 'config.ts has no CLOUD_ENV', "write `export const CLOUD_ENV = ''` into it")]
  }
  if (environment === '') {
    const fix =
      'DevTools → 云开发 → 开通, once; with more than one environment write its id into CLOUD_ENV of config.ts'
    return [
      todo(
        id,
        'the default environment of the mini-program is used; whether there is one cannot be seen from here',
        fix,
      ),
    ]
  }
  if (!/^[a-z0-9][a-z0-9-]{3,}$/.test(environment)) {
    const fix = 'copy the id (环境 ID, not the name) from DevTools → 云开发 → 设置 into CLOUD_ENV of config.ts'
    return [wrong(id, `CLOUD_ENV "${environment}" cannot be the id of an environment`, fix)]
  }
  return [ok(id, `the environment is ${environment}`)]
}
