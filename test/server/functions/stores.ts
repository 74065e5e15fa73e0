// A function that does one verb of one store, so that the suites can run on the real SDK.

import { isObject } from '../../../cloudfunctions/core/shape'
import type { Stores } from '../../../cloudfunctions/core/stores'
import { createStores } from '../../../cloudfunctions/platform/cloud-database'
import { createCloudSdk } from '../../../cloudfunctions/platform/cloud-sdk'

const cloud = createCloudSdk()

export interface VerbEvent {
  store: keyof Stores
  verb: string
  /** `null` stands for undefined, which JSON does not have. */
  args: unknown[]
}

export type VerbAnswer = { value?: unknown } | { refused: { code: string; message: string } }

export const main = async ({ store, verb, args }: VerbEvent): Promise<VerbAnswer> => {
  const target = createStores(cloud.loaded().database)[store]
  const act: unknown = Reflect.get(target, verb)
  if (typeof act !== 'function') throw new Error(`no verb ${store}.${verb}`)
  try {
    const value: unknown = await Reflect.apply(
      act,
      target,
      args.map((arg) => arg ?? undefined),
    )
    return { value }
  } catch (cause) {
    const { code, message } = isObject(cause) ? cause : {}
    return { refused: { code: String(code), message: String(message) } }
  }
}
