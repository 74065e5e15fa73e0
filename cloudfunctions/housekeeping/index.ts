// The function `housekeeping`: the timer, and nothing but wiring.
import { createPlatform } from '../platform/index'
import { createHousekeeping } from './door'

const platform = createPlatform(process.env, { functionName: 'housekeeping' })

export const main = createHousekeeping(platform)
