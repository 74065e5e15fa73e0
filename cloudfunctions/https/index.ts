// The function `https`: HTTP access, and nothing but wiring.
import { calls } from '../calls/index'
import { createPlatform } from '../platform/index'
import { createDoor } from './door'

const platform = createPlatform(process.env, { functionName: 'https' })

export const main = createDoor(platform, { calls })
