// From a project and what was asked for to an order, or to what is missing and where to get it.

import { createPrivateKey } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import { constantOf, isJson, type Project } from '../doctor/project'
import { OFFICIAL_SETTINGS } from '../gate/official'
import type { ClientOrder, FunctionOrder, Order } from './order'

export interface Wishes {
  /** Upload key. */
  key?: string | undefined
  env?: string | undefined
  /** Names with commas, `none`, or undefined: what a product needs as it is configured. */
  functions?: string | undefined
  /** A version to upload; undefined makes a preview. */
  upload?: string | undefined
  /** The client stays where it is. */
  noClient?: boolean | undefined
  desc?: string | undefined
  robot?: string | undefined
  qr?: string | undefined
}

export interface Missing {
  what: string
  /** Where to get it. */
  fix: string
}

export interface Prepared {
  order: Order
  /** Not empty: the order holds placeholders and must not be sent. */
  missing: Missing[]
}

/** A mistake in what was typed, as against something that is missing. */
export class WishError extends Error {
  override readonly name = 'WishError'
}

const BUILT = 'dist/cloudfunctions'
const PARTS = ['index.js', 'package.json', 'config.json']
/** Wanted only by products that say so. */
const OPTIONAL = ['https', 'push']

export const prepare = (project: Project, wishes: Wishes, tools: string): Prepared => {
  const missing: Missing[] = []
  const need = (value: string | undefined, placeholder: string, what: string, fix: string): string => {
    if (value !== undefined) return value
    missing.push({ what, fix })
    return placeholder
  }
  const names = namesOf(project, wishes.functions)
  const appid = need(
    appidOf(project),
    '<your AppID>',
    'an AppID: "appid" in project.config.json is still the placeholder',
    'mp.weixin.qq.com → 开发管理 → 开发设置 → 开发者ID, a wx and 16 characters',
  )
  const keyFile = need(
    keyOf(project, wishes.key),
    '<your upload key>',
    'the upload key: neither --key FILE nor WEIXIN_UPLOAD_KEY_FILE names it',
    'mp.weixin.qq.com → 开发管理 → 开发设置 → 小程序代码上传 → 小程序代码上传密钥 → 生成, and this machine’s address into its IP白名单; keep the file outside this folder',
  )
  const env =
    names.length === 0
      ? ''
      : need(
          envOf(project, wishes.env),
          '<your environment>',
          'the id of the cloud environment: neither --env nor CLOUD_ENV in config.ts names it',
          'DevTools → 云开发 → 设置 → 环境 ID (not the name)',
        )
  const order: Order = {
    tools,
    project: project.folder,
    clientRoot: project.client,
    appid,
    keyFile,
    env,
    functions: names.map((name) => functionOf(project, name)),
    client: clientOf(project, wishes),
    desc: wishes.desc ?? 'npm run deploy',
    robot: robotOf(wishes.robot),
    setting: OFFICIAL_SETTINGS,
  }
  return { order, missing }
}

const appidOf = ({ config }: Project): string | undefined => {
  const { appid } = config
  if (appid === undefined || appid === '' || appid === 'touristappid') return undefined
  if (typeof appid !== 'string' || !/^wx[0-9a-z]{16}$/.test(appid)) {
    throw new WishError(`"${String(appid)}" in project.config.json is not an AppID: wx and 16 digits or small letters`)
  }
  return appid
}

const keyOf = (project: Project, named: string | undefined): string | undefined => {
  if (named === undefined || named === '') return undefined
  const file = resolve(named)
  if (!existsSync(file)) throw new WishError(`there is no key at ${file}`)
  for (const root of [project.client, 'cloudfunctions', 'dist']) {
    if (isInside(join(project.folder, root), file)) {
      throw new WishError(`the key lies in ${root}/, which is uploaded: move it out of this folder`)
    }
  }
  try {
    createPrivateKey(readFileSync(file))
  } catch {
    throw new WishError(
      `${file} is not a private key: it begins with -----BEGIN RSA PRIVATE KEY----- and is called private.<appid>.key`,
    )
  }
  const owner = /private\.(wx[0-9a-z]{16})\.key$/.exec(file)?.[1]
  const appid = appidOf(project)
  if (owner !== undefined && appid !== undefined && owner !== appid) {
    throw new WishError(`the key is the one of ${owner}, and project.config.json names ${appid}`)
  }
  return file
}

const isInside = (folder: string, file: string): boolean => {
  const way = relative(folder, file)
  return !way.startsWith('..') && !isAbsolute(way)
}

const envOf = (project: Project, named: string | undefined): string | undefined => {
  const env = named ?? constantOf(project, 'CLOUD_ENV')
  if (env === undefined || env === '') return undefined
  if (!/^[a-z0-9][a-z0-9-]{3,}$/.test(env)) throw new WishError(`"${env}" cannot be the id of a cloud environment`)
  return env
}

const namesOf = (project: Project, named: string | undefined): string[] => {
  if (named === 'none') return []
  if (named === undefined) {
    const isHttps = constantOf(project, 'TRANSPORT') === 'https'
    return project.functions.filter((name) => !OPTIONAL.includes(name) || (name === 'https' && isHttps))
  }
  const names = named.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !project.functions.includes(name))
  if (unknown !== undefined) {
    throw new WishError(`there is no function "${unknown}"; there are: ${project.functions.join(', ')}`)
  }
  return names
}

const functionOf = ({ folder, json }: Project, name: string): FunctionOrder => {
  const triggers = json(`cloudfunctions/${name}/config.json`)?.['triggers']
  return {
    name,
    folder: join(folder, BUILT, name),
    files: PARTS,
    triggers: Array.isArray(triggers) ? triggers.filter(isJson) : [],
  }
}

const clientOf = ({ folder }: Project, { upload, noClient, qr }: Wishes): ClientOrder => {
  if (noClient === true) return { as: 'nothing' }
  if (upload === undefined) return { as: 'preview', qr: resolve(qr ?? join(folder, 'dist/preview-qr.jpg')) }
  // Shown to users and reviewers, and compared by nobody: WeChat takes any short text.
  if (!/^[\w.-]{1,64}$/.test(upload)) throw new WishError(`"${upload}" is not a version: letters, digits, dots, dashes`)
  return { as: 'version', version: upload }
}

const robotOf = (text = '1'): number => {
  const robot = Number(text)
  if (!/^\d{1,2}$/.test(text) || robot < 1 || robot > 30) throw new WishError(`--robot is a number from 1 to 30`)
  return robot
}
