// The phone's end of the emulator's port: one POST for the device, a few reads for the preview.

import type { DeviceAnswer } from '../../device/port'
import type { BuildReport, DeviceRequest, PreviewEvent, SourcePlace } from '../bridge'

export interface Emulator {
  /** Never rejects: an emulator that is gone answers as a network that is gone. */
  device(request: DeviceRequest): Promise<DeviceAnswer>
  build(): Promise<BuildReport>
  bundle(id: number): Promise<string>
  /** What runs a bundle; the same for all of them. */
  runtime(): Promise<string>
  /** CSS of the fonts, addresses absolute. */
  fonts(): Promise<string>
  /** Where these places of bundle `id` stand in the sources. */
  places(id: number, at: ReadonlyArray<{ line: number; column: number }>): Promise<SourcePlace[]>
  onEvent(listener: (event: PreviewEvent) => void, onLost: (lost: boolean) => void): () => void
}

export const createEmulator = (key: string): Emulator => {
  const text = async (path: string): Promise<string> => {
    const response = await fetch(path)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.text()
  }
  return {
    async device(request) {
      try {
        const response = await fetch('/__emulator/device', {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-emulator-key': key },
          body: JSON.stringify(request),
        })
        const answer: unknown = await response.json()
        if (response.ok && isAnswer(answer)) return answer
        return {
          ok: false,
          failure: { errMsg: `${request.op}:fail emulator ${response.status} ${JSON.stringify(answer)}` },
        }
      } catch (error) {
        return { ok: false, failure: { errMsg: `${request.op}:fail the emulator is gone (${String(error)})` } }
      }
    },
    build: async () => JSON.parse(await text('/__preview/build')) as BuildReport,
    bundle: (id) => text(`/__preview/bundle?build=${id}`),
    runtime: () => text('/__preview/runtime.js'),
    fonts: () => text('/__preview/fonts.css'),
    async places(id, at) {
      const list = at.map(({ line, column }) => `${line}:${column}`).join(',')
      return JSON.parse(await text(`/__preview/frames?build=${id}&at=${list}`)) as SourcePlace[]
    },
    onEvent(listener, onLost) {
      const source = new EventSource('/__preview/events')
      source.onmessage = (event: MessageEvent<string>) => listener(JSON.parse(event.data) as PreviewEvent)
      source.onopen = () => onLost(false)
      source.onerror = () => onLost(true)
      return () => source.close()
    },
  }
}

const isAnswer = (value: unknown): value is DeviceAnswer => typeof value === 'object' && value !== null && 'ok' in value
