// wx-server-sdk, exactly: the cloud installs what package.json says on the day of the upload.

import { type Finding, ok, wrong } from '../finding'
import { isJson, type Project } from '../project'

const SDK = 'wx-server-sdk'

export const checkSdk = ({ json, functions }: Project): Finding[] => {
  const ours = versionIn(json('package.json'), 'devDependencies')
  return functions.map((name) => {
    const version = versionIn(json(`cloudfunctions/${name}/package.json`), 'dependencies')
    const fix = `"${SDK}": "${ours ?? 'x.y.z'}" in cloudfunctions/${name}/package.json: the version the tests ran with`
    if (version === undefined) return wrong('sdk', `function ${name} does not name ${SDK}`, fix)
    if (!/^\d+\.\d+\.\d+$/.test(version))
      return wrong('sdk', `function ${name} takes ${SDK} ${version}: any day another one`, fix)
    if (ours !== undefined && version !== ours)
      return wrong('sdk', `function ${name} takes ${SDK} ${version}, tested is ${ours}`, fix)
    return ok('sdk', `function ${name} takes exactly ${SDK} ${version}`)
  })
}

const versionIn = (json: Readonly<Record<string, unknown>> | undefined, key: string): string | undefined => {
  const list = json?.[key]
  const version = isJson(list) ? list[SDK] : undefined
  return typeof version === 'string' ? version : undefined
}
