// A deployment in words: the steps before it, and each as it is done.

import { checkCollections } from '../doctor/checks/collections'
import { checkEnvironmentVariables } from '../doctor/checks/environment-variables'
import type { Project } from '../doctor/project'
import type { Done, Order } from './order'

/** What would be done, in the order in which it is done. */
export const stepsOf = (order: Order): string[] => {
  const { functions, client, appid, keyFile, env, clientRoot, desc, robot, setting } = order
  const settings = Object.keys(setting).filter((name) => setting[name] === true)
  return [
    'build every function into dist/cloudfunctions/ (npm run build)',
    'ask the doctor; what is wrong stops here (npm run doctor)',
    'install miniprogram-ci into scripts/gate/official, once (npm, about 280 MB)',
    `sign in to WeChat’s upload service as ${appid} with ${keyFile}`,
    ...functions.flatMap(({ name, files, triggers }) => [
      `upload ${files.join(', ')} of function ${name} to ${env}; its dependencies are installed in the cloud`,
      ...triggers.map((trigger) => `set the timer of ${name}: ${String(Reflect.get(trigger, 'config'))}`),
    ]),
    ...(client.as === 'nothing'
      ? []
      : [`compile ${clientRoot}/ as npm run gate does (${settings.join(', ')}), as robot ${robot}, “${desc}”`]),
    ...(client.as === 'preview' ? [`make a preview and write its QR code to ${client.qr}`] : []),
    ...(client.as === 'version' ? [`upload it as version ${client.version}: 版本管理 → 开发版本`] : []),
  ]
}

/** What no tool of WeChat's does for us: once per environment, by hand. */
export const firstTime = (project: Project, { functions }: Order): string[] => {
  const names = functions.map(({ name }) => name)
  const variables = checkEnvironmentVariables({ ...project, functions: names })
  const todos = [...variables, ...checkCollections(project)].filter(({ level }) => level === 'todo')
  return [
    `make the functions ${names.join(', ')}: DevTools → 云开发 → 云函数 → 新建云函数, 运行环境 Node.js 16 or later, 超时时间 10 s`,
    ...todos.map(({ fix }) => fix ?? ''),
    'the rest (storage, the rule of the functions, privacy guideline): docs/deploy.md',
  ]
}

const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`

export const doneLine = (done: Exclude<Done, { step: 'failed' }>): string => {
  switch (done.step) {
    case 'function':
      return `function ${done.name}: ${done.files} files, ${kb(done.bytes)} zipped`
    case 'timer':
      return `the timer of ${done.name} is set`
    case 'preview':
      return `preview${done.bytes === undefined ? '' : `, ${kb(done.bytes)}`}: scan ${done.qr} with WeChat`
    case 'version':
      return `version ${done.version}${done.bytes === undefined ? '' : `, ${kb(done.bytes)}`}: mp.weixin.qq.com → 版本管理`
  }
}
