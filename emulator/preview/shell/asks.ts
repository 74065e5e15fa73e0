// What WeChat asks the person in the name of the mini-program: a number, a picture, a name, their consent.

import { toBase64 } from '../../device/base64'
import type { DeviceAnswer, DeviceFailure } from '../../device/port'
import { disconnection } from '../../device/runtime'
import type { PhoneOffer } from '../../phone'
import type { OfferedPicture } from '../../profile'
import { type AvatarChoice, avatarSheet } from './avatar-sheet'
import type { Dialogs } from './dialogs'
import type { Keyboard } from './keyboard'
import { type PhoneChoice, phoneSheet } from './phone-sheet'
import { privacyBox } from './privacy-box'
import { type UserInfoAsk, userInfoBox } from './user-info-box'
import type { Words } from './words'

export interface Asks {
  /** The answer, or undefined when the operation asks nobody. */
  answer(op: string, args: unknown): Promise<DeviceAnswer> | undefined
}

export interface AskPorts {
  words: Words
  dialogs: Dialogs
  keyboard: Keyboard
  /** The emulator. */
  ask(op: string, args: object): Promise<DeviceAnswer>
  online(): boolean
}

const NO_QUOTA = 1_400_001

export const createAsks = ({ words, dialogs, keyboard, ask, online }: AskPorts): Asks => {
  /** Asks until there is a number or a no; an added number comes back as one more row. */
  const choose = async (first: PhoneOffer, realtime: boolean): Promise<string | DeviceFailure> => {
    let offer = first
    while (!('chosen' in offer)) {
      const { numbers } = offer
      const choice = await dialogs.ask<PhoneChoice>((answer) => phoneSheet(words, { numbers, realtime }, answer))
      if (choice === 'deny') return 'deny'
      if ('take' in choice) return choice.take
      const added = await ask('phone.add', { number: choice.add })
      if (!added.ok) return added.failure
      offer = added.value as PhoneOffer
    }
    return offer.chosen
  }
  const phone = async (openType: string, args: object): Promise<DeviceAnswer> => {
    const offered = await ask('phone.offer', { openType })
    if (!offered.ok) {
      const isToast = Reflect.get(args, 'phoneNumberNoQuotaToast') !== false
      if (offered.failure.errno === NO_QUOTA && isToast)
        void dialogs.modal({ title: words.noQuota, content: words.noQuotaText, showCancel: false })
      return offered
    }
    // The emulator answers this operation with an offer.
    const chosen = await choose(offered.value as PhoneOffer, openType === 'getRealtimePhoneNumber')
    if (typeof chosen !== 'string') return { ok: false, failure: chosen }
    // The network went while the dialog was open: nothing is delivered, and nothing charged.
    if (!online()) return { ok: false, failure: disconnection }
    return ask(`button.${openType}`, { ...args, choose: chosen })
  }
  const privacy = async (): Promise<DeviceAnswer> => {
    const setting = await ask('wx.getPrivacySetting', {})
    if (!setting.ok) return setting
    const contract = String(Reflect.get(Object(setting.value), 'privacyContractName'))
    const read = () => void dialogs.screen(words.privacy, words.privacyText)
    const agreed = await dialogs.ask<boolean>((answer) => privacyBox(words, { contract, read }, answer))
    return { ok: true, value: { agreed } }
  }
  const avatar = async (args: object): Promise<DeviceAnswer> => {
    const offered = await ask('avatar.offer', {})
    if (!offered.ok) return offered
    // The emulator answers this operation with the pictures of the sheet.
    const pictures = offered.value as OfferedPicture[]
    const choice = await dialogs.ask<AvatarChoice>((answer) => avatarSheet(words, pictures, answer))
    if ('choose' in choice) return ask('button.chooseAvatar', { ...args, ...choice })
    const bytes = new Uint8Array(await choice.own.arrayBuffer())
    return ask('button.chooseAvatar', { ...args, picture: { name: choice.own.name, base64: toBase64(bytes) } })
  }
  /** The name leaves the phone once it was taken, not before. */
  const nickname = async (): Promise<DeviceAnswer> => {
    const { turn } = keyboard
    const offered = await ask('input.offerNickname', {})
    if (!offered.ok) return offered
    // Unless the field was left meanwhile.
    if (turn === keyboard.turn && (await keyboard.suggest(String(offered.value)))) return offered
    return { ok: false, failure: { errMsg: 'input:fail the name was not taken' } }
  }
  const userInfo = async (op: string, args: object): Promise<DeviceAnswer> => {
    const offered = await ask('userInfo.offer', { op, libVersion: Reflect.get(args, 'libVersion') })
    if (!offered.ok) return offered
    const asked = Reflect.get(Object(offered.value), 'ask') as UserInfoAsk | undefined
    if (asked === undefined) return ask(op, args)
    const desc: unknown = Reflect.get(args, 'desc')
    const told = typeof desc === 'string' ? { ...asked, desc } : asked
    const choose = await dialogs.ask<'allow' | 'deny'>((answer) => userInfoBox(words, told, answer))
    return online() ? ask(op, { ...args, choose }) : { ok: false, failure: disconnection }
  }
  return {
    answer(op, args) {
      const given = typeof args === 'object' && args !== null ? args : {}
      if (op === 'privacy.dialog') return privacy()
      if (op === 'button.getPhoneNumber' || op === 'button.getRealtimePhoneNumber')
        return phone(op.slice('button.'.length), given)
      if (op === 'button.chooseAvatar') return avatar(given)
      if (op === 'input.offerNickname') return nickname()
      if (op === 'input.withdrawNickname') {
        keyboard.withdraw()
        return Promise.resolve({ ok: true, value: {} })
      }
      if (op === 'wx.getUserProfile' || op === 'wx.getUserInfo' || op === 'button.getUserInfo')
        return userInfo(op, given)
      return undefined
    },
  }
}
