// All checks on one project, in the order in which somebody with a fresh AppID would do things.

import { checkAccessToken } from './checks/access-token'
import { checkAppid } from './checks/appid'
import { checkBaseLibrary } from './checks/base-library'
import { checkCloudEnvironment } from './checks/cloud-environment'
import { checkCollections } from './checks/collections'
import { checkContact } from './checks/contact'
import { checkEnvironmentVariables } from './checks/environment-variables'
import { checkFunctions } from './checks/functions'
import { checkPermissions } from './checks/permissions'
import { checkPrivacy } from './checks/privacy'
import { checkPrivateConfig } from './checks/private-config'
import { checkPush } from './checks/push'
import { checkSdk } from './checks/sdk'
import { checkSecrets } from './checks/secrets'
import { checkTransport } from './checks/transport'
import type { Finding } from './finding'
import { openProject, type Project } from './project'

type Check = (project: Project) => Finding[] | Promise<Finding[]>

const CHECKS: readonly Check[] = [
  checkAppid,
  checkCloudEnvironment,
  checkFunctions,
  checkEnvironmentVariables,
  checkSdk,
  checkPermissions,
  checkCollections,
  checkTransport,
  checkAccessToken,
  checkPush,
  checkPrivacy,
  checkBaseLibrary,
  checkPrivateConfig,
  checkSecrets,
  checkContact,
]

/** Never asks the network, never writes into the project. */
export const examine = async (folder: string): Promise<Finding[]> => {
  const project = openProject(folder)
  const findings: Finding[] = []
  for (const check of CHECKS) findings.push(...(await check(project)))
  return findings
}
