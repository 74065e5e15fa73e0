// The back doors to what happens without anybody's call: pushes, timers, verdicts on content.

import type { ContentService, ContentVerdict } from '../content'
import type { Emulator } from '../types'
import { bad, type Doors, object, oneOf, only, optional, text } from './door'

const VERDICTS: Readonly<Record<ContentVerdict, true>> = { check: true, pass: true, review: true, risky: true }
const PICTURES: Readonly<Record<ContentService['picture'], true>> = { ...VERDICTS, never: true }

export function createServiceDoors({ weixin, functions }: Pick<Emulator, 'weixin' | 'functions'>): Doors {
  return {
    pushes: {
      POST({ body }) {
        only(body, ['event', 'account', 'app', 'format'])
        const event = { ...object(body, 'event') }
        const Event: unknown = Reflect.get(event, 'Event')
        if (typeof Event !== 'string' || Event === '') throw bad('`event` has the text `Event`')
        const [account, app] = [optional(body, 'account', 'string'), optional(body, 'app', 'string')]
        const format = optional(body, 'format', 'string') ?? 'json'
        if (format !== 'json' && format !== 'xml') throw bad('`format` is json or xml')
        const whom = { ...(account === undefined ? {} : { account }), ...(app === undefined ? {} : { app }) }
        return weixin.push({ ...event, Event }, { ...whom, format })
      },
    },
    timers: {
      async POST({ body }) {
        only(body, ['name', 'trigger', 'app'])
        const [trigger, app] = [optional(body, 'trigger', 'string'), optional(body, 'app', 'string')]
        const how = { ...(trigger === undefined ? {} : { trigger }), ...(app === undefined ? {} : { app }) }
        return { result: await functions.timer(text(body, 'name'), how) }
      },
    },
    'content-service': {
      GET: ({ query }): ContentService => weixin.contentService(query.get('app') ?? undefined),
      POST({ body }): ContentService {
        only(body, ['app', 'text', 'picture', 'delayMs'])
        const app = optional(body, 'app', 'string')
        const [told, picture] = [oneOf(body, 'text', VERDICTS), oneOf(body, 'picture', PICTURES)]
        const delayMs = optional(body, 'delayMs', 'number')
        if (delayMs !== undefined && !(delayMs >= 0 && Number.isFinite(delayMs)))
          throw bad('`delayMs` is milliseconds, not negative')
        const changes = {
          ...(told === undefined ? {} : { text: told }),
          ...(picture === undefined ? {} : { picture }),
          ...(delayMs === undefined ? {} : { delayMs }),
        }
        weixin.setContentService(changes, app)
        return weixin.contentService(app)
      },
    },
  }
}
