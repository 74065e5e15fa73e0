// The page's frame: sandboxed, on no origin, given everything it may know in its own document.

import type { DeviceAnswer } from '../../device/port'
import type { Boot, FaultReport, FrameMessage, Notice, ShellMessage, ShownPage } from '../bridge'

export interface FrameListeners {
  call(op: string, args: unknown): Promise<DeviceAnswer>
  page(page: ShownPage): void
  fault(report: FaultReport): void
  touch(): void
}

export interface Frame {
  readonly element: HTMLIFrameElement
  notice(notice: Notice): void
  /** Takes it out of the document; what it still asks is not answered. */
  remove(): void
}

export interface FrameScripts {
  /** The mini-program. */
  bundle: string
  /** What runs it. */
  runtime: string
}

/** Lines of the document before the bundle begins: stacks count from the document's first. */
export const LINES_BEFORE_BUNDLE = 1

/** A new frame for every run: answers to an older one cannot reach it. */
export const createFrame = (boot: Boot, scripts: FrameScripts, fonts: string, listeners: FrameListeners): Frame => {
  const element = document.createElement('iframe')
  element.className = 'page'
  element.title = 'mini-program'
  // No allow-same-origin: the page cannot read the phone's document, its storage, its key or the trace.
  element.setAttribute('sandbox', 'allow-scripts')
  element.srcdoc = documentOf(boot, scripts, fonts)
  const send = (message: ShellMessage): void => element.contentWindow?.postMessage(message, '*')

  const hear = (event: MessageEvent<FrameMessage>): void => {
    if (event.source === null || event.source !== element.contentWindow) return
    const message = event.data
    if (message.kind === 'page') listeners.page(message.page)
    else if (message.kind === 'fault') listeners.fault(message.report)
    else if (message.kind === 'touch') listeners.touch()
    else if (message.kind === 'call') {
      const { id, op, args } = message
      void listeners.call(op, args).then((answer) => send({ kind: 'answer', id, answer }))
    }
  }
  window.addEventListener('message', hear)

  return {
    element,
    notice: (notice) => send({ kind: 'notice', notice }),
    remove() {
      window.removeEventListener('message', hear)
      element.remove()
    },
  }
}

/**
 * The shipped font comes last of the named ones and before any generic one: with a font that exists but has no Chinese
 * in front of it, Chromium leaves some text unpainted after a face has arrived.
 */
const FONTS = '-apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC Variable",sans-serif'

/** The first line holds all but the bundle, so that places in stacks are easy to tell. */
const documentOf = (boot: Boot, { bundle, runtime }: FrameScripts, fonts: string): string => {
  const { origin, screen } = boot
  // The page's code reaches nothing but the phone: no request leaves this document except for pictures and fonts.
  const policy = [
    "default-src 'none'",
    "script-src 'unsafe-inline'",
    "style-src 'unsafe-inline'",
    `img-src ${origin}/__preview/file/ https: data:`,
    `font-src ${origin}/__preview/font/ data:`,
  ].join('; ')
  const variables = `:root{--phone-font:${FONTS};--safe-area-inset-top:0px;--safe-area-inset-bottom:${screen.bottomInset}px;--safe-area-inset-left:0px;--safe-area-inset-right:0px}`
  const head = [
    '<!doctype html><html><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `<style>${variables}${fonts.replaceAll('\n', '')}</style></head><body>`,
    `<script type="application/json" id="boot">${JSON.stringify(boot).replaceAll('<', '\\u003c')}</script><script>`,
  ].join('')
  return `${head}\n${inline(bundle)}\n</script><script>\n${inline(runtime)}\n</script></body></html>`
}

/** esbuild keeps `</script` out of its output, but not what makes a browser look for a second one. */
const inline = (script: string): string => script.replaceAll('<!--', '<\\!--')
