// The database: the collections and indexes the functions need, which nobody makes by themselves.

import { type Finding, todo, wrong } from '../finding'
import { isJson, type Project } from '../project'

const FILE = 'cloudfunctions/database.json'

export const checkCollections = ({ json, read, files }: Project): Finding[] => {
  const id = 'collections'
  const collections = json(FILE)?.['collections']
  if (!isJson(collections)) {
    return [wrong(id, `${FILE} names no collections`, 'restore it from the repository')]
  }
  const used = files('cloudfunctions/platform', '.ts').flatMap((file) =>
    [...(read(file) ?? '').matchAll(/[cC]ollection\([^()']*'(\w+)'\)/g)].map(([, name]) => name ?? ''),
  )
  const missing = [...new Set(used)].filter((name) => !Object.hasOwn(collections, name))
  const findings: Finding[] = missing.map((name) =>
    wrong(id, `the functions use the collection ${name}, which ${FILE} does not have`, `add it to ${FILE}`),
  )
  for (const [name, collection] of Object.entries(collections)) {
    const indexes = isJson(collection) ? collection['indexes'] : undefined
    if (!Array.isArray(indexes)) {
      findings.push(wrong(id, `${FILE}: ${name} has no list "indexes"`, 'write one, if need be empty'))
      continue
    }
    const words = indexes.map(indexWords)
    const broken = words.indexOf(undefined)
    if (broken >= 0) {
      findings.push(wrong(id, `${FILE}: index ${broken + 1} of ${name} needs a name and fields`, 'see its neighbours'))
      continue
    }
    const make = words.length > 0 ? `, then its indexes: ${words.join('; ')}` : ''
    const fix = `DevTools → 云开发 → 数据库 → + → ${name}, 权限 所有用户不可读写 (only functions touch it)${make}`
    findings.push(todo(id, `collection ${name}${words.length > 0 ? ` with ${words.length} index(es)` : ''}`, fix))
  }
  return findings
}

/** `by-user (userId ↑, createdAt ↑)`; undefined when it is no index. */
const indexWords = (index: unknown): string | undefined => {
  if (!isJson(index)) return undefined
  const { name, fields, unique } = index
  if (typeof name !== 'string' || !Array.isArray(fields) || fields.length === 0) return undefined
  const columns = fields.map((field) =>
    isJson(field) && typeof field['name'] === 'string'
      ? `${field['name']} ${field['direction'] === '-1' ? '↓' : '↑'}`
      : '',
  )
  if (columns.includes('')) return undefined
  return `${name} (${columns.join(', ')})${unique === true ? ' 唯一' : ''}`
}
