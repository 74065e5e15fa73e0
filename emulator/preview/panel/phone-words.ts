// What the chips about the phone number say: a label, and what WeChat would be doing, in one line.

import type { PhoneOutcome } from '../../phone'
import type { Language } from '../shell/words'
import type { DeedWords } from './deed-words'

export type PhoneDeedName = `phone-${PhoneOutcome}` | 'quota-empty' | 'quota-refill' | 'consent-forget' | 'key-rotate'

export interface PhoneWords {
  title: string
  /** Before the chips of the outcomes. */
  nextTaps: string
  /** Before the number of taps that are still free of charge. */
  quota: string
  deeds: Record<PhoneDeedName, DeedWords>
}

const zhCN: PhoneWords = {
  title: '手机号按钮',
  nextTaps: '接下来的点击',
  quota: '免费额度',
  deeds: {
    'phone-ask': { label: '询问用户', says: '微信照常弹窗，由这部手机上的人决定给不给、给哪个号码' },
    'phone-allow': { label: '允许', says: '不弹窗，当作用户给了绑定的号码：用掉一次免费额度' },
    'phone-deny': { label: '拒绝', says: '不弹窗，当作用户点了不允许：不扣额度，可以再点' },
    'phone-noQuota': { label: '无额度 1400001', says: '微信说小程序的额度用完了：不问用户，充值之前怎么点都一样' },
    'phone-undeclared': { label: '未声明 112', says: '隐私保护指引里没有声明手机号：开发者要去补，用户做什么都没有用' },
    'phone-privacyRefused': {
      label: '隐私被拒 104',
      says: '用户没有同意隐私保护指引：微信不再往下问，过一会儿可以再问',
    },
    'phone-notEntitled': { label: '无权限', says: '个人主体的小程序没有这个能力：微信拒绝，点多少次都一样' },
    'phone-offline': { label: '断网', says: '点按时网络断了：微信报告失败，不扣额度，联网后可以再点' },
    'quota-empty': { label: '用完', says: '额度变成 0：下一次点按得到 1400001，不再询问用户。再点一次补满' },
    'quota-refill': { label: '补满', says: '额度回到 1000 次，像新的小程序一样' },
    'consent-forget': { label: '忘记隐私同意', says: '像从“最近使用”里删掉了小程序：下次用到隐私接口时重新询问' },
    'key-rotate': {
      label: '轮换 session_key',
      says: '别处的登录换了 session_key：上一把还解得开旧的密文，再换就不行了',
    },
  },
}

const en: PhoneWords = {
  title: 'Phone button',
  nextTaps: 'Next taps',
  quota: 'Free quota',
  deeds: {
    'phone-ask': {
      label: 'Ask',
      says: 'WeChat shows its dialog: the person on this phone decides, and picks the number',
    },
    'phone-allow': {
      label: 'Allow',
      says: 'No dialog, as if the person gave the bound number: one of the free taps is spent',
    },
    'phone-deny': {
      label: 'Deny',
      says: 'No dialog, as if the person said no: nothing is spent, another tap may ask again',
    },
    'phone-noQuota': {
      label: 'No quota 1400001',
      says: 'WeChat says the quota is used up: nobody is asked until the developer pays',
    },
    'phone-undeclared': {
      label: 'Undeclared 112',
      says: 'The privacy guideline does not name the phone number: for the developer to mend',
    },
    'phone-privacyRefused': {
      label: 'Privacy refused 104',
      says: 'The person refused the privacy guideline: WeChat goes no further for now',
    },
    'phone-notEntitled': {
      label: 'Not entitled',
      says: 'A personal subject may not ask for numbers: WeChat refuses every tap',
    },
    'phone-offline': {
      label: 'No network',
      says: 'The network went at the tap: it fails, nothing is spent, another tap may work',
    },
    'quota-empty': {
      label: 'Empty',
      says: 'None left: the next tap ends with 1400001 and nobody is asked. Tap again to refill',
    },
    'quota-refill': { label: 'Refill', says: 'Back to 1000 free taps, as for a new mini-program' },
    'consent-forget': {
      label: 'Forget consent',
      says: 'As if deleted from the recent ones: the next private API asks for consent again',
    },
    'key-rotate': {
      label: 'Rotate session_key',
      says: 'Another sign-in replaced the key: the previous one opens old data, those before do not',
    },
  },
}

export const phoneWords: Record<Language, PhoneWords> = { zh_CN: zhCN, en }
