// The open interfaces a function calls in the cloud's name: each must be declared in its config.json.

import { type Finding, ok, wrong } from '../finding'
import { constantOf, isJson, type Project } from '../project'

export const checkPermissions = (project: Project): Finding[] => {
  const { read, json, functions, config } = project
  const root = String(config['cloudfunctionRoot'] ?? 'dist/cloudfunctions').replace(/\/+$/, '')
  return functions.flatMap((name): Finding[] => {
    const file = `cloudfunctions/${name}/config.json`
    const permissions = json(file)?.['permissions']
    const openapi = isJson(permissions) ? permissions['openapi'] : undefined
    if (!Array.isArray(openapi))
      return [wrong('permissions', `${file} has no permissions.openapi`, 'a list, if need be empty')]
    const code = read(`${root}/${name}/index.js`) ?? ''
    // All functions hold the code; only the one a client calls speaks in the cloud's name.
    const isCalled = name === constantOf(project, 'AUTH_FUNCTION')
    const used = isCalled ? [...code.matchAll(/\bopenapi\.(\w+\.\w+)\(/g)].map(([, it]) => it ?? '') : []
    const missing = [...new Set(used)].filter((it) => !openapi.includes(it))
    if (missing.length === 0)
      return [ok('permissions', `function ${name} declares ${openapi.join(', ') || 'no open interface'}`)]
    return missing.map((it) =>
      wrong(
        'permissions',
        `function ${name} calls ${it} and does not declare it: it would fail with -604101`,
        `add it to permissions.openapi of ${file}`,
      ),
    )
  })
}
