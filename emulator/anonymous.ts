// The user that WeChat shows in everybody's place since it gives names and faces no more.

export const ANONYMOUS_NAME = '微信用户'

/** Grey, and the same for everybody; the address is the one seen in the wild. */
export const ANONYMOUS_FACE =
  'https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4nibH0KlMECNjjGxQUq24ZEaGT4poC6icRiccVGKSyXwibcPq4BWmiaIGuG1icwxaQX6grC9VemZoJ8rg/132'
