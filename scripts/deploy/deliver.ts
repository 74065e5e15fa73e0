// Delivers an order through miniprogram-ci: functions first, because a client whose functions are old is worse than none.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { CiPackage, CiProject, MiniprogramCi } from './ci'
import type { Done, Failure, FunctionOrder, Order } from './order'

/** What createTimeTrigger says when it worked; everything else it says is a failure that it swallowed. */
const TIMER_MADE = '创建定时触发器成功'

/** Tells each step as it is done; never rejects. A function that fails stops what comes after it. */
export const deliver = async (ci: MiniprogramCi, order: Order, tell: (done: Done) => void): Promise<void> => {
  const snapshot = mkdtempSync(join(tmpdir(), 'deploy-'))
  let what = 'the project'
  try {
    // A copy: no project.private.config.json, which is nobody else's, and nothing that is saved meanwhile.
    for (const part of ['project.config.json', order.clientRoot]) {
      mkdirSync(dirname(join(snapshot, part)), { recursive: true })
      cpSync(join(order.project, part), join(snapshot, part), { recursive: true })
    }
    const project = new ci.Project({
      appid: order.appid,
      type: 'miniProgram',
      projectPath: snapshot,
      privateKeyPath: order.keyFile,
      ignores: ['node_modules/**/*'],
    })
    for (const one of order.functions) {
      what = `function ${one.name}`
      tell(await uploadFunction(ci, project, order.env, one))
      if (one.triggers.length > 0) {
        what = `the timer of ${one.name}`
        tell(await setTimer(ci, project, order.env, one))
      }
    }
    what = order.client.as === 'preview' ? 'the preview' : 'the version'
    const client = await sendClient(ci, project, order)
    if (client) tell(client)
  } catch (thrown) {
    tell({ step: 'failed', what, why: failureOf(thrown) })
  } finally {
    rmSync(snapshot, { recursive: true, force: true })
  }
}

const uploadFunction = async (
  ci: MiniprogramCi,
  project: CiProject,
  env: string,
  { name, folder }: FunctionOrder,
): Promise<Done> => {
  const restore = refuseToCreate()
  try {
    const { filesCount, packSize } = await ci.cloud.uploadFunction({
      project,
      env,
      name,
      path: folder,
      remoteNpmInstall: true,
    })
    return { step: 'function', name, files: filesCount, bytes: packSize }
  } finally {
    restore()
  }
}

export const MISSING_FUNCTION = 'the function does not exist in this environment'

/**
 * miniprogram-ci 2.1.42 makes a function that is not there with Node.js 8.9, on which ours do not start. It asks nobody,
 * but says so on the console the moment before: that is where it can be stopped.
 */
const refuseToCreate = (): (() => void) => {
  const before = console.log
  console.log = (...words: unknown[]) => {
    if (words.some((word) => word === 'will create cloudfunction')) throw new Error(MISSING_FUNCTION)
    before(...words)
  }
  return () => {
    console.log = before
  }
}

const setTimer = async (
  ci: MiniprogramCi,
  project: CiProject,
  envId: string,
  { name, triggers }: FunctionOrder,
): Promise<Done> => {
  const said = await ci.cloud.createTimeTrigger({ project, envId, functionName: name, triggersConfig: triggers })
  if (said !== TIMER_MADE) throw new Error(`timer not set: ${said}`)
  return { step: 'timer', name }
}

const sendClient = async (
  ci: MiniprogramCi,
  project: CiProject,
  { client, desc, robot, setting }: Order,
): Promise<Done | undefined> => {
  if (client.as === 'nothing') return undefined
  const common = { project, desc, robot, setting, onProgressUpdate: () => undefined }
  if (client.as === 'version') {
    const { subPackageInfo } = await ci.upload({ ...common, version: client.version })
    return { step: 'version', version: client.version, ...bytesOf(subPackageInfo) }
  }
  mkdirSync(dirname(client.qr), { recursive: true })
  const { subPackageInfo } = await ci.preview({ ...common, qrcodeFormat: 'image', qrcodeOutputDest: client.qr })
  return { step: 'preview', qr: client.qr, ...bytesOf(subPackageInfo) }
}

const bytesOf = (packages: CiPackage[] | undefined) => {
  const full = packages?.find(({ name }) => name === '__FULL__') ?? packages?.[0]
  return full === undefined ? {} : { bytes: full.size }
}

const failureOf = (thrown: unknown): Failure => {
  const field = (name: string): string => {
    const value: unknown = typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, name) : undefined
    return value === undefined ? '' : String(value)
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return { message, code: field('code'), path: field('path') }
}
