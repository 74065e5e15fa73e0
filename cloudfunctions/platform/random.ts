// Randomness, as the operating system has it.
import { randomBytes } from 'node:crypto'
import type { Random } from '../core/ports'

export const createRandom = (): Random => ({ bytes: (count) => randomBytes(count) })
