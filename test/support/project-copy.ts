// A copy of the project as it is now: what is saved meanwhile must not reload the pages that run from it.

import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EmulatorOptions } from '../../emulator/types'

const ROOT = join(__dirname, '../..')
const PARTS = ['project.config.json', 'miniprogram', 'cloudfunctions/database.json']

export interface ProjectCopy {
  /** For createEmulator: the copy of the mini-program, the functions as they are built. */
  options: Required<Pick<EmulatorOptions, 'project' | 'functions'>>
  remove(): void
}

export const copyProject = (): ProjectCopy => {
  const project = mkdtempSync(join(tmpdir(), 'project-'))
  for (const part of PARTS) cpSync(join(ROOT, part), join(project, part), { recursive: true })
  return {
    options: { project, functions: [join(ROOT, 'dist/cloudfunctions')] },
    remove: () => rmSync(project, { recursive: true, force: true }),
  }
}
