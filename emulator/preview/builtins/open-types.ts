// `open-type` of a button: asks the phone, then fires the event that belongs to it.

import type { OpenType } from './catalogue'
import type { Host } from './types'

/**
 * `a|agreePrivacyAuthorization` fires both events, the consent first. The answer is the whole detail of the event, a
 * refusal's `errMsg` and `errno` are the detail of a failure. What the base library does not know does nothing.
 */
export const runOpenTypes = async (host: Host, types: readonly OpenType[]): Promise<void> => {
  const consentFirst = [...types].sort((a, b) => Number(b === CONSENT) - Number(a === CONSENT))
  for (const type of consentFirst) await runOne(host, type, types)
}

const CONSENT: OpenType = 'agreePrivacyAuthorization'

const runOne = async (host: Host, type: OpenType, together: readonly OpenType[]): Promise<void> => {
  const { lang, phoneNumberNoQuotaToast } = host.properties
  const args = { buttonId: host.target().id, lang, phoneNumberNoQuotaToast }
  const answer = await host.platform.tapButton(type, args, together)
  if (answer === undefined) return
  const event = type.toLowerCase()
  if (answer.ok) host.fire(event, answer.value)
  // Nothing but a picture fires the event of chooseAvatar.
  else if (type === 'chooseAvatar') console.error(answer.failure.errMsg)
  else host.fire(event, answer.failure)
}
