// `npm run doctor`: what stands between this folder and a mini-program on a phone, one line each.

import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { examine } from './doctor/examine'
import type { Finding } from './doctor/finding'

const HELP = `npm run doctor [-- --json]

Looks at the project as it stands and says in one line each what is fine (ok), what is left for you to do (todo),
and what will not work (wrong), with what to do about it. Asks nobody on the network, changes nothing, and never
prints a secret.

  --json   the findings as a JSON array of { id, level, what, fix? }
  --help   this text

Exit code: 1 when something is wrong, otherwise 0.`

const out = (line: string) => void process.stdout.write(`${line}\n`)

const lineOf = ({ level, id, what, fix }: Finding): string =>
  `${level.padEnd(5)} ${id.padEnd(17)} ${what}${fix === undefined ? '' : `. → ${fix}`}`

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help === true) {
    out(HELP)
    return
  }
  const findings = await examine(resolve(__dirname, '..'))
  const count = (level: Finding['level']) => findings.filter((it) => it.level === level).length
  if (values.json === true) out(JSON.stringify(findings, undefined, 2))
  else {
    for (const finding of findings) out(lineOf(finding))
    out(`\n${count('ok')} ok, ${count('todo')} to do, ${count('wrong')} wrong`)
  }
  if (count('wrong') > 0) process.exitCode = 1
}

main().catch((error: unknown) => {
  process.stderr.write(`doctor: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
