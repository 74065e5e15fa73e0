// Our own checks: what WeChat's tools let pass, and a phone does not.

import type { Finding } from '../finding'
import type { MiniProgram } from '../mini-program'
import { checkHandlers } from './handlers'
import { checkImports } from './imports'
import { checkJsonKeys } from './json-keys'
import { checkTags } from './tags'

/** Milliseconds, no tools to install: fit for a test and for every save. */
export const ownChecks = async (mini: MiniProgram): Promise<Finding[]> => [
  ...mini.broken,
  ...checkJsonKeys(mini),
  ...checkTags(mini),
  ...checkImports(mini),
  ...(await checkHandlers(mini)),
]
