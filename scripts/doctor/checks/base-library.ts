// The base library: what DevTools simulates must know what the client uses.

import { type Finding, ok, todo, wrong } from '../finding'
import type { Project } from '../project'
import { isOlder, isVersion, SINCE } from '../versions'

/** The library works from here; what came later is asked for at run time. */
const FLOOR = '2.10.3'

export const checkBaseLibrary = (project: Project): Finding[] => {
  const id = 'base-library'
  const { libVersion } = project.config
  if (!isVersion(libVersion)) {
    const fix = 'a version like 3.17.0: DevTools → 详情 → 本地设置 → 调试基础库'
    return [wrong(id, `libVersion "${String(libVersion)}" of project.config.json is not a version`, fix)]
  }
  const text = project
    .files(project.client, '.ts', '.wxml')
    .map((file) => project.read(file) ?? '')
    .join('\n')
  const needs = Object.entries(SINCE).filter(([word, since]) => text.includes(word) && isOlder(libVersion, since))
  const tooOld = needs.map(([word, since]) =>
    wrong(
      id,
      `libVersion ${libVersion} does not know ${word} (since ${since})`,
      `raise "libVersion" of project.config.json to ${since} or later`,
    ),
  )
  const fix = `mp.weixin.qq.com → 设置 → 基本设置 → 基础库最低版本设置: ${FLOOR} or later`
  return [
    ...(tooOld.length > 0 ? tooOld : [ok(id, `DevTools simulates base library ${libVersion}`)]),
    todo(id, `the library works from base library ${FLOOR}; older phones must be told to update`, fix),
  ]
}
