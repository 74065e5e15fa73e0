// All the states there are pictures of.

import { ACCOUNT } from './account'
import { HOME } from './home'
import { PROFILE } from './profile'
import type { State } from './stage'

export const STATES: readonly State[] = [...HOME, ...PROFILE, ...ACCOUNT]
