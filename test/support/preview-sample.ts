// A copy of the sample mini-program that a test may break.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SAMPLE = join(__dirname, '../preview-sample')

export interface SampleProject {
  folder: string
  /** Path below `miniprogram/`. */
  read(path: string): string
  write(path: string, text: string): void
  /** Replaces one piece of a file; throws when it is not there. */
  edit(path: string, piece: string, by: string): void
  /** Takes the whole file away. */
  delete(path: string): void
  remove(): void
}

export const copySample = (): SampleProject => {
  const folder = mkdtempSync(join(tmpdir(), 'preview-'))
  cpSync(SAMPLE, folder, { recursive: true })
  const at = (path: string): string => join(folder, 'miniprogram', path)
  const sample: SampleProject = {
    folder,
    read: (path) => readFileSync(at(path), 'utf8'),
    write: (path, text) => writeFileSync(at(path), text),
    edit(path, piece, by) {
      const text = sample.read(path)
      if (!text.includes(piece)) throw new Error(`${path} does not say ${piece}`)
      sample.write(path, text.replace(piece, by))
    },
    delete: (path) => rmSync(at(path)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
  return sample
}
