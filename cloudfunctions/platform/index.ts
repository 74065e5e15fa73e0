// The platform joined: what every edge hands to `serve`.
import type { ServePorts } from '../serve'
import { createClock } from './clock'
import { createCloudApi } from './cloud-api'
import { createStores, heldBack } from './cloud-database'
import { createCloudSdk } from './cloud-sdk'
import { createCloudStorage } from './cloud-storage'
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
  const storage = createCloudStorage(() => cloud.loaded().sdk)
  return {
    clock,
    random: createRandom(),
    environment,
    log: createLog({}, { always: environment.secrets }),
    weixin: createWeixinApi({ clock, environment }, { functionName }),
    cloud: {
      warm: cloud.warm,
      open: (mayGoOn) => {
        const { sdk, database } = cloud.loaded()
        const caller = callerOf(sdk.getWXContext())
        // A cloud call is made in the name of a caller: without one, WeChat's interfaces are asked by token.
        const api = caller.openid === undefined ? undefined : createCloudApi({ sdk, clock }, { functionName })
        return { caller, stores: createStores(heldBack(database, mayGoOn)), storage, ...(api && { api }) }
      },
    },
  }
}
