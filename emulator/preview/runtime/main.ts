// The script of the frame: takes the compiled mini-program that stands before it and starts it.

import type { Program } from '../program'
import { boot } from './boot'

// Put there by the bundle; gone before the first script of the mini-program runs.
const program = Reflect.get(globalThis, 'miniProgram') as Program
Reflect.deleteProperty(globalThis, 'miniProgram')
boot(program)
