// The outer page: reads its key and its address, puts the phone on the stage and the panel beside it.

import { createPanel } from '../panel/panel'
import { make } from './dom'
import { createEmulator } from './emulator'
import { createStand } from './stand'

const told: unknown = JSON.parse(document.getElementById('emulator')?.textContent ?? '{}')
const key = typeof told === 'object' && told !== null && 'key' in told ? String(told.key) : ''
const place = make('div', { className: 'place-of-phone' })
const stand = createStand(place, createEmulator(key))
document.getElementById('stage')?.append(place, createPanel(key, stand))
