// The function `push`: what WeChat pushes, and nothing but wiring.
import { createPlatform } from '../platform/index'
import { createPushDoor } from './door'

const platform = createPlatform(process.env, { functionName: 'push' })

export const main = createPushDoor(platform)
