// The files of the phone itself: its page, its scripts, its style, its fonts.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

const preview = join(__dirname, '../preview')

/** The key stands in the page as data: a page that includes it as a script, from anywhere, learns nothing. */
export const shellPage = (key: string): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>mini-program</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/__preview/fonts.css">
<link rel="stylesheet" href="/__preview/shell.css">
</head>
<body>
<main id="stage"></main>
<script type="application/json" id="emulator">${JSON.stringify({ key }).replaceAll('<', '\\u003c')}</script>
<script src="/__preview/shell.js"></script>
</body>
</html>
`

/** `shell` is the outer page's script, `runtime` the one that runs a program in the frame; each is built once per start. */
export const buildScript = async (which: 'shell' | 'runtime'): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [join(preview, which, 'main.ts')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    write: false,
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles[0]?.text ?? ''
}

/** In this order: the later ones lie over the earlier. */
const SHEETS = ['shell/shell.css', 'shell/dialogs.css', 'panel/panel.css', 'panel/controls.css', 'shell/faults.css']

export const shellStyle = (): string => SHEETS.map((name) => readFileSync(join(preview, name), 'utf8')).join('\n')

const fontFolder = (): string =>
  dirname(createRequire(__filename).resolve('@fontsource-variable/noto-sans-sc/package.json'))

/** The faces of the Chinese font; `origin` makes the addresses absolute, because the page's frame has no own one. */
export const fontFaces = (origin: string): string =>
  readFileSync(join(fontFolder(), 'index.css'), 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .replace(/url\(\.\/files\/([^)]+)\)/g, `url(${origin}/__preview/font/$1)`)

/** Bytes of one face; undefined for any name that is not one of the font's own. */
export const fontFile = (name: string): Buffer | undefined => {
  if (!/^[\w-]+\.woff2$/.test(name)) return undefined
  try {
    return readFileSync(join(fontFolder(), 'files', name))
  } catch {
    return undefined
  }
}
