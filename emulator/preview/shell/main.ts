/** The outer page: reads its key and its address, puts the phone on the stage. */

import { createEmulator } from './emulator'
import { readOptions } from './options'
import { createPhone } from './phone'

const told: unknown = JSON.parse(document.getElementById('emulator')?.textContent ?? '{}')
const key = typeof told === 'object' && told !== null && 'key' in told ? String(told.key) : ''
const options = readOptions(location.search, localStorage)
document.documentElement.lang = options.language === 'en' ? 'en' : 'zh-CN'
document.documentElement.dataset['theme'] = options.theme
document.getElementById('stage')?.append(createPhone(options, createEmulator(key)).element)
