// Which templates belong to a part: its own, and those it imports or includes.

import { dirname, join } from 'node:path'
import type { Part } from '../../../emulator/preview-build/project'
import { scanWxml, type WxmlElement } from '../../../emulator/preview-build/wxml-scan'
import type { MiniProgram } from '../mini-program'

export interface Template {
  /** Absolute path. */
  file: string
  text: string
  elements: WxmlElement[]
}

/** A template that is imported is drawn with the components and the methods of the one that imports it. */
export const templatesOf = ({ root, sources }: MiniProgram, { path }: Part): Template[] => {
  const reached = new Map<string, Template>()
  const reach = (file: string): void => {
    if (reached.has(file) || !sources.exists(file)) return
    const text = sources.read(file)
    const elements = scanWxml(text)
    reached.set(file, { file, text, elements })
    for (const { tag, attributes } of elements) {
      if (tag !== 'import' && tag !== 'include') continue
      const src = attributes.find(({ name }) => name === 'src')?.value
      if (src) reach(src.startsWith('/') ? join(root, src) : join(dirname(file), src))
    }
  }
  reach(join(root, `${path}.wxml`))
  return [...reached.values()]
}
