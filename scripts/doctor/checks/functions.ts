// The functions as they would be uploaded: built, and built from what stands in the sources now.

import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from '../../build'
import { type Finding, ok, wrong } from '../finding'
import { constantOf, type Project } from '../project'

const BUILD = 'npm run build, then upload it again'
const PARTS = ['index.js', 'package.json', 'config.json'] as const

export const checkFunctions = async (project: Project): Promise<Finding[]> => {
  const root = String(project.config['cloudfunctionRoot'] ?? '').replace(/\/+$/, '')
  if (root !== 'dist/cloudfunctions') {
    const fix =
      'set it to "dist/cloudfunctions/": the sources are TypeScript, and nothing compiles a function on upload'
    return [wrong('functions', `cloudfunctionRoot is "${root}"`, fix)]
  }
  const name = constantOf(project, 'AUTH_FUNCTION')
  const called: Finding[] =
    name === undefined || project.functions.includes(name)
      ? []
      : [
          wrong(
            'functions',
            `AUTH_FUNCTION is "${name}", and there is no such function`,
            `one of ${project.functions.join(', ')}`,
          ),
        ]
  const fresh = mkdtempSync(join(tmpdir(), 'doctor-'))
  try {
    // typings/ has the base of the functions' tsconfig, and esbuild reads it: without it the output is another.
    const parts = ['cloudfunctions', 'typings'].filter((part) => existsSync(join(project.folder, part)))
    for (const part of parts) cpSync(join(project.folder, part), join(fresh, part), { recursive: true })
    await build(fresh)
    return [...called, ...project.functions.map((it) => compare(project, join(fresh, root, it), it, `${root}/${it}`))]
  } catch (thrown) {
    const why = thrown instanceof Error ? (thrown.message.trim().split('\n')[0] ?? '') : String(thrown)
    return [
      ...called,
      wrong('functions', `the functions cannot be built: ${why.replaceAll(fresh, '')}`, 'npm run build shows where'),
    ]
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

const compare = (project: Project, fresh: string, name: string, built: string): Finding => {
  const missing = PARTS.filter((part) => project.read(`${built}/${part}`) === undefined)
  if (missing.length > 0) return wrong('functions', `function ${name} is not built (${missing.join(', ')})`, BUILD)
  const stale = PARTS.filter(
    (part) =>
      withoutPlaces(project.read(`${built}/${part}`)) !== withoutPlaces(readFileSync(join(fresh, part), 'utf8')),
  )
  if (stale.length > 0)
    return wrong('functions', `function ${name} is older than its sources (${stale.join(', ')})`, BUILD)
  return ok('functions', `function ${name} is built from its sources`)
}

/** esbuild notes the file each piece comes from, as seen from where it ran. */
const withoutPlaces = (text: string | undefined): string | undefined => text?.replaceAll(/^\s*\/\/ \S*\.[jt]s$/gm, '')
