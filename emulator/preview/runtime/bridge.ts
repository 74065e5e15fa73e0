// The frame's end of the bridge: calls that are answered, reports that are not, notices that come.

import type { DeviceAnswer } from '../../device/port'
import type { FaultReport, FrameMessage, Notice, ShellMessage, ShownPage } from '../bridge'

export interface Bridge {
  /** Never resolves when nobody answers. */
  call(op: string, args: unknown): Promise<DeviceAnswer>
  show(page: ShownPage): void
  report(fault: FaultReport): void
  touched(): void
  onNotice(listener: (notice: Notice) => void): void
}

export const createBridge = (): Bridge => {
  const shell = window.parent
  const waiting = new Map<number, (answer: DeviceAnswer) => void>()
  const listeners: Array<(notice: Notice) => void> = []
  let lastId = 0
  // The page lives on a null origin and holds no secret of the phone's: any origin may be the phone's own.
  const send = (message: FrameMessage): void => shell.postMessage(message, '*')

  window.addEventListener('message', (event: MessageEvent<ShellMessage>) => {
    if (event.source !== shell) return
    const message = event.data
    if (message.kind === 'answer') {
      waiting.get(message.id)?.(message.answer)
      waiting.delete(message.id)
    } else {
      for (const listener of listeners) listener(message.notice)
    }
  })

  return {
    call(op, args) {
      lastId += 1
      const id = lastId
      return new Promise((resolve) => {
        waiting.set(id, resolve)
        // Through JSON, as WeChat does: what is not plain data does not cross.
        send({ kind: 'call', id, op, args: args === undefined ? {} : JSON.parse(JSON.stringify(args)) })
      })
    },
    show: (page) => send({ kind: 'page', page }),
    report: (report) => send({ kind: 'fault', report }),
    touched: () => send({ kind: 'touch' }),
    onNotice: (listener) => void listeners.push(listener),
  }
}
