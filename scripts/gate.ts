// `npm run gate`: does the project pass WeChat's own tools, and what those let pass?

import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { installTools } from './gate/install'
import { reportLines } from './gate/report'
import { runGate } from './gate/run'
import { selfTest, type VariantResult } from './gate/self-test'

const HELP = `npm run gate [-- --json] [-- --self-test]

Runs WeChat's compiler and dependency analysis (miniprogram-ci), its template and style compilers (wcc, wcsc) and our
own checks on the mini-program, without WeChat's servers and without a key. Weighs what comes out.
The first run installs those tools into scripts/gate/official/node_modules (about 280 MB).

  --json       the report as one JSON object
  --self-test  afterwards breaks copies of the project, one thing each, and expects each to be refused at its line
  --help       this text

Exit code: 0 accepted, 1 refused, 2 the gate itself could not run.`

const out = (line: string) => void process.stdout.write(`${line}\n`)
const note = (line: string) => void process.stderr.write(`${line}\n`)

const tell = ({ name, ms, missing, said }: VariantResult): void => {
  const isRefused = missing.length === 0
  out(`${isRefused ? 'refused ' : 'PASSED  '} ${name} (${ms} ms)`)
  if (isRefused) return
  for (const line of missing) out(`         expected ${line}`)
  for (const line of said.length > 0 ? said : ['nothing']) out(`         said ${line}`)
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, 'self-test': { type: 'boolean' }, help: { type: 'boolean' } },
  })
  if (values.help === true) {
    out(HELP)
    return true
  }
  const project = resolve(__dirname, '..')
  installTools(note)
  const report = await runGate(project)
  const variants: VariantResult[] = []
  if (values.json !== true) for (const line of reportLines(report)) out(line)
  if (values['self-test'] !== true) {
    if (values.json === true) out(JSON.stringify(report, undefined, 2))
    return report.ok
  }
  if (values.json !== true) out('\nBroken copies of the project, and whether each is refused where it is broken:')
  const isGood = await selfTest(project, (result) => {
    variants.push(result)
    if (values.json !== true) tell(result)
  })
  if (values.json === true) out(JSON.stringify({ ...report, variants }, undefined, 2))
  return report.ok && isGood
}

main().then(
  (isGood) => {
    process.exitCode = isGood ? 0 : 1
  },
  (error: unknown) => {
    note(`gate: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
  },
)
