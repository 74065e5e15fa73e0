// The handset as it introduces itself to the device list.
import type { DevicePort } from '../core/ports'

const TEXT_LIMIT = 64 // what the server accepts

export const createDevice = (device: WechatMiniprogram.Wx): DevicePort => ({
  // A label, not a secret: whoever knows it gains nothing, so Math.random will do. Three draws: some come out short.
  newId: () => [1, 2, 3].map(() => Math.random().toString(36).slice(2, 12).padEnd(10, '0')).join(''),
  describe: () => {
    const { model, platform } =
      typeof device.getDeviceInfo === 'function' ? device.getDeviceInfo() : device.getSystemInfoSync()
    return { model: model.slice(0, TEXT_LIMIT), platform: platform.slice(0, TEXT_LIMIT) }
  },
  random: Math.random,
})
