// The gate's own checks: silent on the project, and each refuses its broken variant at the line that is broken.

import { join } from 'node:path'
import { ownChecks } from '../../scripts/gate/checks/index'
import { openMiniProgram } from '../../scripts/gate/mini-program'
import { copyProject } from '../../scripts/gate/project-copy'
import { tryVariant } from '../../scripts/gate/self-test'
import { VARIANTS } from '../../scripts/gate/variants'

const PROJECT = join(__dirname, '../..')

/** What the checks say about the project after an edit. */
const saidAfter = async (change: (copy: ReturnType<typeof copyProject>) => void) => {
  const copy = copyProject(PROJECT)
  try {
    change(copy)
    return await ownChecks(openMiniProgram(copy.folder))
  } finally {
    copy.discard()
  }
}

test('the project as it stands has nothing to complain about', async () => {
  await expect(saidAfter(() => {})).resolves.toEqual([])
})

test.each(VARIANTS.filter(({ by }) => by === 'own'))('$name is refused at its line', async (variant) => {
  const { missing, said } = await tryVariant(PROJECT, variant)

  expect({ missing, said: said.length }).toEqual({ missing: [], said: expect.any(Number) })
  expect(said.length).toBeGreaterThan(0)
})

test('types may come from anywhere', async () => {
  const said = await saidAfter((copy) =>
    copy.edit('config.ts', (text) => `${text}export type { User } from '../typings/contract'\n`),
  )

  expect(said).toEqual([])
})

test('a method that a behavior or a helper lends is a method', async () => {
  const said = await saidAfter((copy) => {
    copy.edit('pages/home/home.wxml', (text) => `${text}<view bindtap="onLent" bindtouchstart="onHelped"></view>\n`)
    copy.edit('pages/home/home.ts', (text) =>
      text.replace(
        /Page\(\{/,
        'const helped = (name: string) => ({ [name]() {} })\nPage({ behaviors: [Behavior({ methods: { onLent() {} } })], ...helped("onHelped"),',
      ),
    )
  })

  expect(said).toEqual([])
})

test('a misspelt key is told with the key that was meant', async () => {
  const [said] = await saidAfter((copy) => copy.editJson('app.json', (json) => ({ ...json, darkMode: true })))

  expect(said?.message).toContain('is "darkmode" meant?')
})

test('a script that throws before it registers is named, not passed over', async () => {
  const said = await saidAfter((copy) =>
    copy.edit('pages/home/home.ts', (text) => `throw new Error('too early')\n${text}`),
  )

  expect(said).toMatchObject([{ check: 'handlers', file: 'miniprogram/pages/home/home.ts', line: 1 }])
  expect(said[0]?.message).toContain('too early')
})
