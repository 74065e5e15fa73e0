// A copy of the project to break: the original is only ever read.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRecord } from '../../emulator/preview-build/sources'

export interface ProjectCopy {
  /** Absolute. */
  readonly folder: string
  /** Files are named from miniprogramRoot. An edit that changes nothing is an error: it would break nothing. */
  edit(file: string, change: (text: string) => string): void
  editJson(file: string, change: (json: Record<string, unknown>) => object): void
  write(file: string, text: string): void
  read(file: string): string
  remove(file: string): void
  discard(): void
}

const PARTS = ['project.config.json', 'miniprogram'] as const

export const copyProject = (project: string): ProjectCopy => {
  const folder = mkdtempSync(join(tmpdir(), 'gate-copy-'))
  for (const part of PARTS) cpSync(join(project, part), join(folder, part), { recursive: true })
  const pathOf = (file: string) => join(folder, 'miniprogram', file)
  const copy: ProjectCopy = {
    folder,
    read: (file) => readFileSync(pathOf(file), 'utf8'),
    write: (file, text) => writeFileSync(pathOf(file), text),
    edit(file, change) {
      const before = copy.read(file)
      const after = change(before)
      if (after === before) throw new Error(`${file}: the edit changed nothing`)
      copy.write(file, after)
    },
    editJson: (file, change) =>
      copy.edit(file, (text) => {
        const json: unknown = JSON.parse(text)
        return JSON.stringify(change(isRecord(json) ? json : {}), undefined, 2)
      }),
    remove: (file) => rmSync(pathOf(file)),
    discard: () => rmSync(folder, { recursive: true, force: true }),
  }
  return copy
}
