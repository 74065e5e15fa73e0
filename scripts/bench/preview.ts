// The phone in the browser: how soon it stands after `npm start`, and how soon a saved file is seen on it.
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { createEmulator } from '../../emulator/index'
import { browserHow } from '../../test/support/browser-setup'
import { median, type Row } from './measure'

const ROOT = resolve(__dirname, '../..')
const TURNS = 5
const FIRST_WORDS = '一键登录'

interface Start {
  /** From the spawn to the first line, the address. */
  listening: number
  /** From the spawn to the home page in an open browser. */
  firstScreen: number
}

const start = (browser: Browser): Promise<Start> => {
  const data = mkdtempSync(join(tmpdir(), 'bench-'))
  const began = performance.now()
  const args = ['--import', createRequire(__filename).resolve('tsx'), join(ROOT, 'scripts/start.ts'), '--port', '0']
  const child = spawn(process.execPath, [...args, '--data', data], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const address = new Promise<string>((resolveAddress, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolveAddress(chunk.toString().split('\n')[0] ?? ''))
    child.once('exit', () => reject(new Error('npm start ended before its first line')))
  })
  const look = async (): Promise<Start> => {
    const url = await address
    const listening = performance.now() - began
    const page = await browser.newPage()
    await page.goto(`${url}/?lang=zh`)
    await page.frameLocator('iframe').getByText(FIRST_WORDS).waitFor()
    const firstScreen = performance.now() - began
    await page.close()
    return { listening, firstScreen }
  }
  return look().finally(() => {
    child.kill('SIGTERM')
    child.once('exit', () => rmSync(data, { recursive: true, force: true }))
  })
}

/** Saves a changed page into a copy of the project and waits until the phone shows it. */
const repaints = async (browser: Browser): Promise<number[]> => {
  const project = mkdtempSync(join(tmpdir(), 'bench-'))
  cpSync(join(ROOT, 'miniprogram'), join(project, 'miniprogram'), { recursive: true })
  cpSync(join(ROOT, 'project.config.json'), join(project, 'project.config.json'))
  cpSync(join(ROOT, 'cloudfunctions/database.json'), join(project, 'cloudfunctions/database.json'))
  mkdirSync(join(project, 'dist'))
  symlinkSync(join(ROOT, 'dist/cloudfunctions'), join(project, 'dist/cloudfunctions'))
  const emulator = await createEmulator({ project })
  const page = await browser.newPage()
  try {
    await page.goto(`${emulator.url}/?lang=zh`)
    const frame = page.frameLocator('iframe')
    await frame.getByText(FIRST_WORDS).waitFor()
    const file = join(project, 'miniprogram/pages/home/home.wxml')
    const source = readFileSync(file, 'utf8')
    const each: number[] = []
    for (let turn = 0; turn < TURNS; turn += 1) {
      const words = `saved ${turn}`
      const began = performance.now()
      writeFileSync(file, `<view>${words}</view>${source}`)
      await frame.getByText(words).waitFor()
      each.push(performance.now() - began)
    }
    return each
  } finally {
    await page.close()
    await emulator.close()
    rmSync(project, { recursive: true, force: true })
  }
}

export const measurePreview = async (): Promise<Row[]> => {
  const browser = await chromium.launch(await browserHow())
  try {
    const starts: Start[] = []
    for (let turn = 0; turn < TURNS; turn += 1) starts.push(await start(browser))
    const saved = await repaints(browser)
    const ms = (values: number[]) => `${median(values).toFixed(0)} ms`
    return [
      { what: 'npm start, to its address', figure: ms(starts.map(({ listening }) => listening)), aim: '–' },
      { what: 'first screen after start', figure: ms(starts.map(({ firstScreen }) => firstScreen)), aim: '≤ 1500 ms' },
      { what: 'save to repaint', figure: ms(saved), aim: '≤ 500 ms' },
    ]
  } finally {
    await browser.close()
  }
}
