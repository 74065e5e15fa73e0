// WeChat's side of the privacy protocol: what is declared, who agreed, who refused.

import { EmulatorError } from '../errors'
import type { PrivacyStanding } from '../phone'
import type { State } from '../state'
import { PRIVACY_INTERFACES } from '../state/consents'
import type { Owner } from '../state/flash'
import type { Operations } from './operation'

export function createPrivacyOperations({ consents, apps }: State): Operations {
  /** Of one interface, or of everything that is declared. */
  const standing = ({ account, appid }: Owner, about: unknown): PrivacyStanding => {
    if (about === 'all') {
      if (!consents.needed(account, appid)) return 'agreed'
      return consents.silent(account, appid) ? 'silent' : 'ask'
    }
    const known = PRIVACY_INTERFACES.find((name) => name === about)
    if (known === undefined) throw new EmulatorError('BAD_REQUEST', 'a device asks about a privacy interface, or all')
    return consents.standing(account, appid, known)
  }
  return {
    'privacy.standing': {
      to: 'wx',
      api: 'requirePrivacyAuthorize',
      run: (owner, { about }) => ({ standing: standing(owner, about) }),
    },
    'wx.getPrivacySetting': {
      to: 'wx',
      api: 'getPrivacySetting',
      run: ({ account, appid }) => ({
        needAuthorization: consents.needed(account, appid),
        privacyContractName: `《${apps.get(appid).name}隐私保护指引》`,
      }),
    },
    'button.agreePrivacyAuthorization': {
      to: 'wx',
      api: 'agreePrivacyAuthorization',
      run({ account, appid }) {
        consents.agree(account, appid)
        return {}
      },
    },
    'privacy.refuse': {
      to: 'wx',
      api: 'requirePrivacyAuthorize',
      run({ account, appid }) {
        consents.refuse(account, appid)
        return {}
      },
    },
    /** Nobody looks at it where there is no screen. */
    'wx.openPrivacyContract': { to: 'wx', api: 'openPrivacyContract', run: () => ({}) },
  }
}
