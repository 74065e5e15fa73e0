// The report of a run, as a person reads it.

import { describe } from './finding'
import type { GateReport } from './run'
import { AUTH_LIMIT, kb, MAIN_GZIP_LIMIT, MAIN_LIMIT, PACKAGE_LIMIT, type PackageSize } from './sizes'

export const reportLines = ({ ok, steps, sizes }: GateReport): string[] => [
  ...steps.flatMap(({ name, ms, findings }) => [
    `${findings.length === 0 ? 'ok      ' : 'refused '} ${name.padEnd(38)} ${String(ms).padStart(6)} ms`,
    ...findings.map((finding) => `         ${describe(finding)}`),
  ]),
  ...(sizes ? sizes.packages.flatMap(packageLines) : ['sizes    not weighed: the compiler refused the project']),
  ...(sizes?.auth === undefined
    ? []
    : [`library  miniprogram/auth: ${sizes.auth} of ${AUTH_LIMIT} bytes, minified and gzipped`]),
  ok ? 'The gate is open: WeChat’s tools accept the project.' : 'The gate is closed.',
]

const packageLines = ({ root, files, bytes, gzip, folders }: PackageSize): string[] => {
  const isMain = root === ''
  const parts = Object.entries(folders).sort(([, a], [, b]) => b - a)
  const limits = isMain
    ? `of ${kb(MAIN_LIMIT)} compiled for ES5, ${kb(gzip)} of ${kb(MAIN_GZIP_LIMIT)} gzipped`
    : `of ${kb(PACKAGE_LIMIT)}`
  return [
    `package  ${isMain ? 'main' : root}: ${files} files, ${kb(bytes)} ${limits}`,
    `         ${parts.map(([folder, size]) => `${folder} ${kb(size)}`).join(' · ')}`,
  ]
}
