// A product's own function with one empty call behind our session: what authentication costs, and nothing else.
import { parseNothing } from '../../../cloudfunctions/core/call'
import { createPlatform } from '../../../cloudfunctions/platform/index'
import { createServe } from '../../../cloudfunctions/serve'

const platform = createPlatform(process.env, { functionName: 'guarded' })
const empty = {
  policy: { safe: true, replay: true, code: 'refused' as const },
  parse: parseNothing,
  run: async () => ({}),
}

export const main = createServe(platform, { calls: { empty }, transport: 'cloud' })
