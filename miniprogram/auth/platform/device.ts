/** The handset as it introduces itself to the device list. */
import type { DevicePort } from '../core/ports'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const ID_LENGTH = 22 // 132 bits: no two installs ever share a name
const TEXT_LIMIT = 64 // what the server accepts

export const createDevice = (device: WechatMiniprogram.Wx): DevicePort => ({
  // A label, not a secret: whoever knows it gains nothing, so Math.random will do.
  newId: () => Array.from({ length: ID_LENGTH }, () => ALPHABET[Math.floor(Math.random() * ALPHABET.length)]).join(''),
  describe: () => {
    const { model, platform } =
      typeof device.getDeviceInfo === 'function' ? device.getDeviceInfo() : device.getSystemInfoSync()
    return { model: model.slice(0, TEXT_LIMIT), platform: platform.slice(0, TEXT_LIMIT) }
  },
  random: Math.random,
})
