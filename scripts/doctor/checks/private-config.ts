// project.private.config.json: it silently wins over project.config.json, on one machine only.

import { type Finding, ok, todo, wrong } from '../finding'
import { isJson, type Project } from '../project'

const FILE = 'project.private.config.json'

export const checkPrivateConfig = ({ read, json, config }: Project): Finding[] => {
  const id = 'private-config'
  const isIgnored = (read('.gitignore') ?? '').split('\n').some((line) => line.trim().replace(/^\//, '') === FILE)
  const ignored = isIgnored
    ? []
    : [wrong(id, `${FILE} is not in .gitignore`, 'add it: it holds the settings of one machine')]
  if (read(FILE) === undefined) return ignored.length > 0 ? ignored : [ok(id, `there is no ${FILE}`)]
  const own = json(FILE)
  if (own === undefined) return [...ignored, wrong(id, `${FILE} is not JSON`, 'delete it, DevTools writes it anew')]
  const roots = ['appid', 'miniprogramRoot', 'cloudfunctionRoot'].filter(
    (key) => typeof own[key] === 'string' && own[key] !== '' && own[key] !== config[key],
  )
  const moved = roots.map((key) =>
    wrong(id, `${FILE} has another ${key} than project.config.json`, `delete "${key}" from it`),
  )
  const setting = isJson(own['setting']) ? own['setting'] : {}
  const unchecked =
    setting['urlCheck'] === false
      ? [
          todo(
            id,
            `${FILE} switches the check of domains off: what works here fails on phones`,
            'DevTools → 详情 → 本地设置 → 不校验合法域名: off',
          ),
        ]
      : []
  const all = [...ignored, ...moved, ...unchecked]
  return all.length > 0 ? all : [ok(id, `${FILE} changes nothing that matters`)]
}
