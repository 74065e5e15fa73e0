// `npx tsx scripts/shots.ts`: pictures of every state of home, the profile and the account, to be looked at.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { createEmulator } from '../emulator/index'
import type { Emulator } from '../emulator/types'
import { browserHow } from '../test/support/browser-setup'
import { copyProject } from '../test/support/project-copy'
import { build } from './build'
import { STATES } from './shots/states'

const HELP = `npx tsx scripts/shots.ts [folder] [--only NAME] [--look LOOK] [--picture]

Takes a picture of every state of home, the profile and the account at 390×844 and 320×568, light and dark, Chinese and English, with the phone as
large as the window, and a contact sheet of each combination. A state that cannot be reached is told of at the end.

  folder       where to; dist/shots unless said
  --only NAME  only the states whose name contains this
  --look LOOK  only the combinations whose name contains this, for example 320x568-dark
  --picture    instead: docs/pictures/phone-and-panel.png, the picture of the README
  --help       this text`

const SIZES = [
  { width: 390, height: 844 },
  { width: 320, height: 568 },
] as const
const THEMES = ['light', 'dark'] as const
const LANGUAGES = ['zh', 'en'] as const

interface Look {
  width: number
  height: number
  theme: (typeof THEMES)[number]
  lang: (typeof LANGUAGES)[number]
}

const LOOKS: readonly Look[] = SIZES.flatMap((size) =>
  THEMES.flatMap((theme) => LANGUAGES.map((lang) => ({ ...size, theme, lang }))),
)
const nameOf = ({ width, height, theme, lang }: Look): string => `${width}x${height}-${theme}-${lang}`

const PICTURE = { file: 'docs/pictures/phone-and-panel.png', width: 1280, height: 892 }

const out = (line: string) => void process.stdout.write(`${line}\n`)

/** Faces come one by one; a picture taken before the last has holes in it. */
const painted = async (page: Page): Promise<void> => {
  for (const frame of page.frames()) await frame.evaluate('document.fonts.ready.then(() => undefined)')
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
}

const open = async (page: Page, emulator: Emulator, query: Record<string, string>): Promise<void> => {
  await page.goto(`${emulator.url}/?${new URLSearchParams(query)}`)
  await page.locator('.phone[data-ready="true"]').waitFor()
  await painted(page)
}

const shoot = async (browser: Browser, emulator: Emulator, look: Look, folder: string, only: string): Promise<void> => {
  const { width, height, theme, lang } = look
  const made: string[] = []
  for (const { name, stage } of STATES.filter((state) => state.name.includes(only))) {
    await emulator.reset()
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 2 })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    const account = 'v1'
    const query = { theme, lang, account, size: `${width}x${height}` }
    const screen = page.frameLocator('iframe.page')
    try {
      await stage({
        emulator,
        account,
        page,
        screen,
        open: (path, lib) =>
          open(page, emulator, {
            ...query,
            ...(path === undefined ? {} : { page: path }),
            ...(lib === undefined ? {} : { lib }),
          }),
      })
      await page.evaluate('scrollTo(0, 0)')
      await painted(page)
      const file = join(folder, `${nameOf(look)}-${name}.png`)
      await page.screenshot({ path: file, animations: 'disabled' })
      made.push(file)
    } catch (error) {
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : JSON.stringify(error)
      process.stderr.write(`shots: ${nameOf(look)} ${name}: ${why}\n`)
      process.exitCode = 1
      await page.screenshot({ path: join(folder, `unreached-${nameOf(look)}-${name}.png`) }) // where it got stuck
    } finally {
      emulator.faults.clear()
      await context.close()
    }
  }
  if (made.length > 0) await contactSheet(browser, look, made, join(folder, `sheet-${nameOf(look)}.png`))
}

const contactSheet = async (
  browser: Browser,
  { width, height }: Look,
  files: readonly string[],
  file: string,
): Promise<void> => {
  const columns = Math.min(6, files.length)
  const page = await browser.newPage({ viewport: { width: columns * (width + 12) + 12, height } })
  const pictures = files.map((it) => `data:image/png;base64,${readFileSync(it).toString('base64')}`)
  const images = pictures.map((source) => `<img src="${source}" width="${width}" height="${height}">`).join('')
  await page.setContent(
    `<body style="margin:12px;display:grid;gap:12px;grid-template-columns:repeat(${columns},${width}px);background:#8a93a3">${images}`,
  )
  await page.screenshot({ path: file, fullPage: true })
  await page.close()
}

/** The phone signed in, beside the sequence of its first sign-in. */
const takePicture = async (browser: Browser, emulator: Emulator): Promise<void> => {
  const { file, width, height } = PICTURE
  const page = await browser.newPage({ viewport: { width, height } })
  await open(page, emulator, { theme: 'light', lang: 'zh', account: 'v1', device: 'phone-1' })
  await page.frameLocator('iframe.page').locator('.hero-action').click()
  await page.locator('.hop.answer[data-op="callFunction"]').waitFor()
  await painted(page)
  const path = resolve(__dirname, '..', file)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, await page.screenshot({ animations: 'disabled' }))
  out(file)
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      look: { type: 'string' },
      picture: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) {
    out(HELP)
    return
  }
  await build()
  const { env, ...how } = await browserHow()
  const variables = Object.entries({ ...process.env, ...env }).filter(
    (it): it is [string, string] => it[1] !== undefined,
  )
  const browser = await chromium.launch({ ...how, env: Object.fromEntries(variables) })
  const copy = copyProject()
  const emulator = await createEmulator(copy.options)
  try {
    if (values.picture === true) {
      await takePicture(browser, emulator)
      return
    }
    const folder = resolve(positionals[0] ?? join('dist', 'shots'))
    mkdirSync(folder, { recursive: true })
    for (const look of LOOKS.filter((it) => nameOf(it).includes(values.look ?? ''))) {
      await shoot(browser, emulator, look, folder, values.only ?? '')
      out(join(folder, `sheet-${nameOf(look)}.png`))
    }
  } finally {
    await browser.close()
    await emulator.close()
    copy.remove()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`shots: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
