// What the mini-program weighs as WeChat compiles it, and the limits it is held to.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'
import { isRecord } from '../../emulator/preview-build/sources'
import type { Finding } from './finding'
import { findingIn, type MiniProgram } from './mini-program'

const KB = 1024

/** What a phone downloads before the first page: the files of the main package, gzipped. Why not unpacked: decision 38. */
export const MAIN_GZIP_LIMIT = 60 * KB
/** The same, unpacked: an eleventh of what WeChat lets one package weigh, since a product is yet to come. */
export const MAIN_LIMIT = 180 * KB
/** WeChat's own, for each package. */
export const PACKAGE_LIMIT = 2 * KB * KB
/** `miniprogram/auth` goes into other people's packages: minified and gzipped. */
export const AUTH_LIMIT = 6 * KB

export interface PackageSize {
  /** '' is the main package. */
  root: string
  files: number
  bytes: number
  gzip: number
  /** Bytes per first folder; '.' holds the files beside them. */
  folders: Record<string, number>
}

export interface Sizes {
  packages: PackageSize[]
  auth?: number
}

/** `sizes` and `folder` as the compiler left them. */
export const measurePackages = (
  { appJson }: MiniProgram,
  sizes: Readonly<Record<string, number>>,
  folder: string,
): PackageSize[] => {
  const declared = appJson['subPackages'] ?? appJson['subpackages']
  const roots = Array.isArray(declared)
    ? declared.filter(isRecord).map(({ root }) => `${String(root)}/`.replace(/\/+$/, '/'))
    : []
  return ['', ...roots].map((root) => {
    const paths = Object.keys(sizes)
      .filter((path) => (roots.find((it) => path.startsWith(it)) ?? '') === root)
      .sort((a, b) => (a < b ? -1 : 1))
    const folders: Record<string, number> = {}
    for (const path of paths) {
      const rest = path.slice(root.length)
      const name = rest.includes('/') ? rest.slice(0, rest.indexOf('/')) : '.'
      folders[name] = (folders[name] ?? 0) + (sizes[path] ?? 0)
    }
    const bytes = paths.reduce((sum, path) => sum + (sizes[path] ?? 0), 0)
    const whole = Buffer.concat(paths.map((path) => readFileSync(join(folder, path))))
    return { root, files: paths.length, bytes, gzip: gzipSync(whole, { level: 9 }).length, folders }
  })
}

/** The library in one file, minified and gzipped; undefined where there is none. */
export const measureAuth = ({ root, sources }: MiniProgram): number | undefined => {
  const entry = join(root, 'auth', 'index.ts')
  if (!sources.exists(entry)) return undefined
  const options = {
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2020',
    write: false,
    logLevel: 'silent',
  } as const
  const { outputFiles } = buildSync({ entryPoints: [entry], ...options })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length
}

export const checkSizes = (mini: MiniProgram, { packages, auth }: Sizes): Finding[] => {
  const complain = (file: string, message: string) =>
    findingIn('size', mini.sources)(join(mini.root, file), { line: 1, column: 1 }, message)
  const findings: Finding[] = []
  for (const { root, bytes, gzip, folders } of packages) {
    const name = root === '' ? 'the main package' : `the subpackage ${root}`
    const parts = Object.entries(folders).sort(([, a], [, b]) => b - a)
    const where = parts.map(([folder, size]) => `${folder} ${kb(size)}`).join(', ')
    const exceed = (what: number, limit: number, unit: string) => {
      if (what > limit)
        findings.push(complain('app.json', `${name} weighs ${kb(what)} ${unit}, the limit is ${kb(limit)}: ${where}`))
    }
    exceed(bytes, PACKAGE_LIMIT, 'compiled')
    if (root !== '') continue
    exceed(bytes, MAIN_LIMIT, 'compiled')
    exceed(gzip, MAIN_GZIP_LIMIT, 'compiled and gzipped')
  }
  if (auth !== undefined && auth > AUTH_LIMIT) {
    const message = `the library weighs ${auth} bytes minified and gzipped, the limit is ${AUTH_LIMIT}`
    findings.push(complain('auth/index.ts', message))
  }
  return findings
}

export const kb = (bytes: number): string => `${(bytes / KB).toFixed(1)} KB`
