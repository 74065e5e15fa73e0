// `tsx scripts/api-docs.ts`: writes docs/api.md from the docstrings and signatures of what others may build on.

import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type ParseResult, parse } from '@babel/parser'
import type { File, Statement, VariableDeclaration } from '@babel/types'

const HELP = `npx tsx scripts/api-docs.ts [--check]

Writes docs/api.md from the sources' own docstrings.

  --check   writes nothing; exit code 1 when the file is older than the sources
  --help    this text`

const TARGET = 'docs/api.md'
const ROOT = join(__dirname, '..')

interface Chapter {
  title: string
  intro: string
  /** File, and the exports that are told; all of them when there is no list. */
  sources: readonly { file: string; names?: readonly string[] }[]
}

const CHAPTERS: readonly Chapter[] = [
  {
    title: 'The client: `miniprogram/auth`',
    intro: 'Everything a mini-program imports comes from `auth/index`.',
    sources: [{ file: 'miniprogram/auth/index.ts' }],
  },
  {
    title: 'The server: `serve`',
    intro: 'What a function of your own is made of; `cloudfunctions/examples/membership` is one, whole.',
    sources: [
      { file: 'cloudfunctions/serve.ts', names: ['createServe', 'ServePorts', 'ServeOptions', 'Reply'] },
      { file: 'cloudfunctions/core/call.ts', names: ['ServedCall', 'Scope', 'parseNothing'] },
      { file: 'cloudfunctions/platform/index.ts', names: ['createPlatform'] },
    ],
  },
  {
    title: 'Across the wire: `typings/contract`',
    intro: 'Types only; both sides import them with `import type`.',
    sources: [{ file: 'typings/contract.ts' }],
  },
]

interface Entry {
  name: string
  doc: string
  code: string
}

/** The whole text of docs/api.md. */
export const apiDocs = (): string => {
  const told = new Set<string>()
  const chapters = CHAPTERS.map(({ title, intro, sources }) => {
    const entries = sources
      .flatMap(({ file, names }) => entriesOf(file, names))
      // A type that the client hands on stands in one chapter only.
      .filter(({ name, code }) => !told.has(name + code) && told.add(name + code))
    return [`## ${title}`, intro, ...entries.map(section)].join('\n\n')
  })
  const head =
    '# API\n\nMade from the docstrings by `npx tsx scripts/api-docs.ts`; edit those. English only, as the sources are.'
  return `${[head, ...chapters].join('\n\n')}\n`
}

const section = ({ name, doc, code }: Entry): string =>
  [`### \`${name}\``, ...(doc === '' ? [] : [doc]), `\`\`\`ts\n${code}\n\`\`\``].join('\n\n')

interface Source {
  text: string
  body: Statement[]
}

const open = (file: string): Source => {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const ast: ParseResult<File> = parse(text, { sourceType: 'module', plugins: ['typescript'] })
  return { text, body: ast.program.body }
}

/** Own declarations, then those handed on from files beside it, in the order in which they stand. */
const entriesOf = (file: string, names?: readonly string[]): Entry[] => {
  const source = open(file)
  const isHandedOn = (statement: Statement) => Number(statement.type === 'ExportNamedDeclaration' && !!statement.source)
  const ownFirst = source.body.toSorted((left, right) => isHandedOn(left) - isHandedOn(right))
  const entries = ownFirst.flatMap((statement): Entry[] => {
    if (statement.type !== 'ExportNamedDeclaration') return []
    if (statement.source) {
      const from = `${join(dirname(file), statement.source.value)}.ts`
      const wanted = statement.specifiers.map(({ exported }) =>
        exported.type === 'Identifier' ? exported.name : exported.value,
      )
      return entriesOf(from, wanted)
    }
    const entry = entryOf(source, statement)
    return entry ? [entry] : []
  })
  if (names === undefined) return entries
  return names.map((name) => {
    const entry = entries.find((it) => it.name === name)
    if (entry === undefined) throw new Error(`${file} exports no ${name}`)
    return entry
  })
}

const entryOf = ({ text }: Source, statement: Statement): Entry | undefined => {
  if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) return undefined
  const { declaration } = statement
  const doc = docOf(statement)
  if (declaration.type === 'TSInterfaceDeclaration' || declaration.type === 'TSTypeAliasDeclaration') {
    return { name: declaration.id.name, doc, code: slice(text, declaration.start, declaration.end) }
  }
  if (declaration.type === 'VariableDeclaration') return variable(text, declaration, doc)
  return undefined
}

/** A function shows how it is called; anything else its declaration. */
const variable = (text: string, declaration: VariableDeclaration, doc: string): Entry | undefined => {
  const [{ id, init } = {}] = declaration.declarations
  if (id?.type !== 'Identifier') return undefined
  if (init?.type !== 'ArrowFunctionExpression') {
    return { name: id.name, doc, code: slice(text, declaration.start, declaration.end) }
  }
  const end = init.returnType?.end ?? slice(text, init.start, init.body.start).lastIndexOf('=>') + (init.start ?? 0)
  return { name: id.name, doc, code: `${id.name}${slice(text, init.start, end).trimEnd()}` }
}

const slice = (text: string, start: number | null | undefined, end: number | null | undefined): string =>
  text.slice(start ?? 0, end ?? 0)

/** The last block comment right before it, without its stars. */
const docOf = ({ leadingComments }: Statement): string => {
  const comment = leadingComments?.at(-1)
  if (comment?.type !== 'CommentBlock' || !comment.value.startsWith('*')) return ''
  return comment.value
    .slice(1)
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
    .join('\n')
    .trim()
}

function main(): void {
  const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } })
  if (values.help === true) {
    process.stdout.write(`${HELP}\n`)
    return
  }
  const target = join(ROOT, TARGET)
  if (values.check !== true) {
    writeFileSync(target, apiDocs())
    return
  }
  if (readFileSync(target, 'utf8') === apiDocs()) return
  process.stderr.write(`${TARGET} is older than the sources: npx tsx scripts/api-docs.ts\n`)
  process.exitCode = 1
}

// Run as a script; tests import `apiDocs`.
if (process.argv[1] === __filename) main()
