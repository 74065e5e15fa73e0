// The platform joined: what every edge hands to `serve`.
import type { ServePorts } from '../serve'
import { createClock } from './clock'
import { createStores } from './cloud-database'
import { createCloudSdk } from './cloud-sdk'
import { callerOf } from './context'
import { createEnvironment } from './environment'
import { createLog } from './log'
import { createRandom } from './random'
import { createWeixinApi } from './weixin-api'

/** `functionName` is for messages that ask the developer to mend the configuration of a function. */
export const createPlatform = (
  variables: Readonly<Record<string, string | undefined>>,
  { functionName }: { functionName: string },
): ServePorts => {
  const clock = createClock()
  const environment = createEnvironment(variables, functionName)
  const cloud = createCloudSdk()
  return {
    clock,
    random: createRandom(),
    environment,
    log: createLog({}, { always: environment.secrets }),
    weixin: createWeixinApi({ clock, environment }, { functionName }),
    cloud: {
      open: () => {
        const { sdk, database } = cloud.loaded()
        return { caller: callerOf(sdk.getWXContext()), stores: createStores(database) }
      },
    },
  }
}
