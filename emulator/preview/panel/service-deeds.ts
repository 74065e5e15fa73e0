// What the chips about pushes, content checks and timers do.

import type { ContentService } from '../../content'
import type { PushedEvent } from '../../push'
import type { Stand } from '../shell/stand'
import type { Deed } from './deeds'
import type { Doors } from './doors'

export interface ServiceDeeds {
  /** Done at once. */
  pushes: readonly Deed[]
  content: readonly Deed[]
  /** Done at once. */
  timer: readonly Deed[]
}

/** RevokeInfo: 8 is the phone number, 19 the nickname from the keyboard. */
const REVOKED = 'user_authorization_revoke'

export const createServiceDeeds = (doors: Doors, stand: Stand): ServiceDeeds => {
  const push = (name: Deed['name'], event: PushedEvent): Deed => ({
    name,
    async press() {
      const { taken, status, text } = await doors.push(event, stand.options.account)
      if (!taken) throw new Error(`push: ${String(status ?? 'no answer')} ${text ?? ''}`)
    },
  })
  const chosen = (name: Deed['name'], change: Partial<ContentService>): Deed => {
    const [key, value] = Object.entries(change)[0] ?? []
    const isOn = (content: ContentService | undefined) =>
      content !== undefined && key !== undefined && Reflect.get(content, key) === value
    return {
      name,
      isOn: ({ content }) => isOn(content),
      press: ({ content }) => doors.setContent(isOn(content) && key !== undefined ? { [key]: 'check' } : change),
    }
  }
  return {
    pushes: [
      push('push-phone', { Event: REVOKED, RevokeInfo: '8' }),
      push('push-nickname', { Event: REVOKED, RevokeInfo: '19' }),
      push('push-cancelled', { Event: 'user_authorization_cancellation' }),
    ],
    content: [
      chosen('text-risky', { text: 'risky' }),
      chosen('picture-risky', { picture: 'risky' }),
      chosen('picture-never', { picture: 'never' }),
    ],
    timer: [{ name: 'housekeeping', press: () => doors.fireTimer('housekeeping') }],
  }
}
