// An example of a function of your own: it knows who is signed in, and has no sign-in code in it.
import { parseNothing, type ServedCall } from '../../core/call'
import { createPlatform } from '../../platform/index'
import { createServe } from '../../serve'

const membership: ServedCall = {
  policy: { safe: true, replay: true, code: 'refused' },
  parse: parseNothing,
  run: async (_request, { user, clock }): Promise<Membership> => {
    const { id, createdAt } = await user()
    return { memberId: id, days: Math.floor((clock.now() - createdAt) / 86_400_000) }
  },
}

/** What the client gets; it may import this type. */
export interface Membership {
  memberId: string
  /** Whole days since the account was made. */
  days: number
}

const platform = createPlatform(process.env, { functionName: 'membership' })

export const main = createServe(platform, { calls: { membership }, transport: 'cloud' })
