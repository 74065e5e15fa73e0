// `npm run deploy`: from this folder to a preview on a phone, with WeChat's own upload tool.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { build } from './build'
import type { Done } from './deploy/order'
import { type Prepared, prepare, WishError } from './deploy/prepare'
import { explain } from './deploy/refusals'
import { send } from './deploy/send'
import { doneLine, firstTime, stepsOf } from './deploy/words'
import { examine } from './doctor/examine'
import { openProject, type Project } from './doctor/project'
import { installTools, TOOLS } from './gate/install'

const HELP = `npm run deploy -- --key FILE [--env ID] [--upload VERSION] [--dry-run]

Builds, asks the doctor, uploads the functions, and makes a preview of the mini-program (or uploads a version), through
miniprogram-ci with your own upload key. The key stays on this machine and is never printed.

  --key FILE        the upload key; WEIXIN_UPLOAD_KEY_FILE in the environment does the same
  --env ID          the cloud environment; CLOUD_ENV of config.ts unless said
  --functions A,B   which functions; unless said all but push, and https with TRANSPORT 'https' only; none for none
  --upload VERSION  uploads a version instead of making a preview
  --no-client       functions only
  --desc TEXT       what the version or preview says of itself; "npm run deploy" unless said
  --robot N         1 to 30; 1 unless said. Each has a trial version of its own
  --qr FILE         where the QR code of the preview goes; dist/preview-qr.jpg unless said
  --dry-run         says everything it would do and what is missing; needs nothing, changes nothing
  --json            what would be done (with --dry-run) or was done, as one JSON object
  --help            this text

Exit code: 0 done, 1 WeChat or the doctor refused, 2 something is missing or was typed wrong.`

const out = (line: string) => void process.stdout.write(`${line}\n`)
const note = (line: string) => void process.stderr.write(`${line}\n`)

const read = () =>
  parseArgs({
    options: {
      key: { type: 'string' },
      env: { type: 'string' },
      functions: { type: 'string' },
      upload: { type: 'string' },
      'no-client': { type: 'boolean' },
      desc: { type: 'string' },
      robot: { type: 'string' },
      qr: { type: 'string' },
      'dry-run': { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  }).values

const explainAll = (project: Project, { order, missing }: Prepared, isJson: boolean): void => {
  const steps = stepsOf(order)
  const once = order.functions.length > 0 ? firstTime(project, order) : []
  if (isJson) {
    out(JSON.stringify({ steps, missing, once }, undefined, 2))
    return
  }
  out('What npm run deploy would do:')
  for (const [index, step] of steps.entries()) out(`  ${index + 1}. ${step}`)
  if (once.length > 0) out('\nWhat only you can do, once per environment, before that:')
  for (const step of once) out(`  · ${step}`)
  out(
    missing.length > 0
      ? '\nWhat is missing for it:'
      : '\nNothing is missing. WeChat’s answer is not known before it is asked.',
  )
  for (const { what, fix } of missing) out(`  · ${what}. → ${fix}`)
}

/** Exit code. */
const run = async (project: Project, { order }: Prepared, isJson: boolean): Promise<number> => {
  await build(project.folder)
  const wrong = (await examine(project.folder)).filter(({ level }) => level === 'wrong')
  for (const { id, what, fix } of wrong) note(`wrong ${id}: ${what}${fix === undefined ? '' : `. → ${fix}`}`)
  if (wrong.length > 0) return 1
  installTools(note)
  const key = readFileSync(order.keyFile, 'utf8')
  const all: (Exclude<Done, { step: 'failed' }> | { step: 'failed'; what: string; why: string })[] = []
  await send(order, (done) => {
    if (done.step === 'failed') {
      const why = explain(done.why, order, key)
      all.push({ ...done, why })
      note(`failed ${done.what}: ${why}`)
    } else {
      all.push(done)
      if (!isJson) out(`done   ${doneLine(done)}`)
    }
  })
  const isGood = all.every(({ step }) => step !== 'failed')
  if (isJson) out(JSON.stringify({ ok: isGood, done: all }, undefined, 2))
  return isGood ? 0 : 1
}

async function main(): Promise<number> {
  const values = read()
  if (values.help === true) {
    out(HELP)
    return 0
  }
  const project = openProject(resolve(__dirname, '..'))
  const wishes = {
    ...values,
    key: values.key ?? process.env['WEIXIN_UPLOAD_KEY_FILE'],
    noClient: values['no-client'],
  }
  const prepared = prepare(project, wishes, TOOLS)
  if (values['dry-run'] === true) {
    explainAll(project, prepared, values.json === true)
    return 0
  }
  for (const { what, fix } of prepared.missing) note(`missing ${what}. → ${fix}`)
  if (prepared.missing.length > 0) {
    note('Nothing was done. npm run deploy -- --dry-run says what would be.')
    return 2
  }
  return run(project, prepared, values.json === true)
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error: unknown) => {
    note(`deploy: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = error instanceof WishError || (error instanceof TypeError && 'code' in error) ? 2 : 1
  },
)
