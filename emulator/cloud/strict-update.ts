// The strict gate before mingo for updates: refuses what mongod refuses and mingo skips or guesses.
import { isPlainObject, type PlainObject, type StoredDocument, show, typeName } from './documents'
import { checkStorable, parsePath, Refusal, refuse } from './strict-values'

export type Modifier = Record<string, PlainObject>

interface UpdateOperator {
  /** What stands beside the path, whatever the document. */
  checkOperand(path: string, operand: unknown): void
  /** What the path must hold, when it holds something. */
  checkTarget?(path: string, target: unknown, document: StoredDocument): void
  /** When something on the way is neither an object nor an array: an error, or nothing to do. */
  blocked: 'refuse' | 'skip'
}

const isNumber = (value: unknown): value is number => typeof value === 'number'

const arithmetic = (verb: string, operator: string): UpdateOperator => ({
  checkOperand(path, operand) {
    if (!isNumber(operand)) refuse(`Cannot ${verb} with non-numeric argument: {${path}: ${show(operand)}}`)
  },
  checkTarget(path, target, { _id }) {
    if (!isNumber(target))
      refuse(
        `Cannot apply ${operator} to a value of non-numeric type. {_id: ${show(_id)}} has the field '${path}' of non-numeric type ${typeName(target)}`,
      )
  },
  blocked: 'refuse',
})

const storing: UpdateOperator = { checkOperand: (_path, operand) => checkStorable(operand), blocked: 'refuse' }

/** Every operator there is; another one is refused by name. */
const OPERATORS: Record<string, UpdateOperator> = {
  $set: storing,
  $min: storing,
  $max: storing,
  // mongod lets an $unset go below a scalar: there is nothing to take away.
  $unset: { checkOperand: () => undefined, blocked: 'skip' },
  $inc: arithmetic('increment', '$inc'),
  $mul: arithmetic('multiply', '$mul'),
  $push: {
    checkOperand: checkPush,
    checkTarget(path, target, { _id }) {
      if (!Array.isArray(target))
        refuse(
          `The field '${path}' must be an array but is of type ${typeName(target)} in document {_id: ${show(_id)}}`,
        )
    },
    blocked: 'refuse',
  },
  $pop: {
    checkOperand(path, operand) {
      if (operand !== 1 && operand !== -1) refuse(`$pop expects 1 or -1, found: {${path}: ${show(operand)}}`)
    },
    checkTarget(path, target) {
      if (!Array.isArray(target)) refuse(`Path '${path}' contains an element of non-array type '${typeName(target)}'`)
    },
    blocked: 'refuse',
  },
}

const PUSH_MODIFIERS = new Set(['$each', '$position', '$slice'])

function checkPush(_path: string, operand: unknown): void {
  if (!isPlainObject(operand) || !Object.keys(operand).some((key) => key.startsWith('$'))) {
    checkStorable(operand)
    return
  }
  for (const key of Object.keys(operand))
    if (!PUSH_MODIFIERS.has(key)) refuse(`Unrecognized clause in $push: ${key} (unknown, or not emulated)`)
  const { $each, $position, $slice } = operand
  if (!Array.isArray($each))
    throw new Refusal(`The argument to $each in $push must be an array but it was: ${show($each)}`)
  checkStorable($each)
  for (const [name, value] of Object.entries({ $position, $slice }))
    if (value !== undefined && !Number.isInteger(value)) refuse(`The value for ${name} must be an integer`)
}

/** Checks an update before any document is looked at; throws a Refusal. */
export function checkUpdate(modifier: unknown): asserts modifier is Modifier {
  if (!isPlainObject(modifier) || Object.keys(modifier).length === 0) throw new Refusal('an update must not be empty')
  const paths: string[][] = []
  for (const [name, changes] of Object.entries(modifier)) {
    const operator = OPERATORS[name]
    if (operator === undefined)
      throw new Refusal(
        name.startsWith('$')
          ? `Unknown modifier: ${name} (unknown, or not emulated)`
          : `the update must consist of operators, found the field '${name}'`,
      )
    if (!isPlainObject(changes))
      throw new Refusal(`Modifiers operate on fields but we found type ${typeName(changes)} instead. For ${name}`)
    for (const [path, operand] of Object.entries(changes)) {
      const segments = parsePath(path)
      if (segments[0] === '_id')
        refuse(`Performing an update on the path '${path}' would modify the immutable field '_id'`)
      checkConflict(paths, segments)
      paths.push(segments)
      operator.checkOperand(path, operand)
    }
  }
}

function checkConflict(earlier: string[][], segments: string[]): void {
  for (const other of earlier) {
    const shared = Math.min(other.length, segments.length)
    if (other.slice(0, shared).every((segment, at) => segment === segments[at]))
      refuse(
        `Updating the path '${segments.join('.')}' would create a conflict at '${segments.slice(0, shared).join('.')}'`,
      )
  }
}

/**
 * Checks an update against the document it is for and returns what there is to do: the update without the paths that
 * mongod would pass over. Throws a Refusal.
 */
export function updateFor(document: StoredDocument, modifier: Modifier): Modifier {
  const todo: Modifier = {}
  for (const [name, changes] of Object.entries(modifier))
    for (const [path, operand] of Object.entries(changes)) {
      const operator = OPERATORS[name]
      const found = walk(document, path.split('.'))
      if (found.blocked !== undefined) {
        if (operator?.blocked === 'skip') continue
        refuse(`Cannot create field '${found.field}' in element {${found.at}: ${show(found.blocked.value)}}`)
      }
      if (found.exists) operator?.checkTarget?.(path, found.value, document)
      todo[name] = { ...todo[name], [path]: operand }
    }
  return todo
}

interface Walked {
  exists: boolean
  value?: unknown
  /** Something on the way that can hold no field. */
  blocked?: { value: unknown }
  at?: string
  field?: string
}

/** mongod fills an array with null up to a new index, but not beyond this. */
const MAX_BACKFILL = 1_500_000

function walk(document: StoredDocument, segments: string[]): Walked {
  let value: unknown = document
  for (const [depth, field] of segments.entries()) {
    const at = segments[depth - 1] ?? ''
    if (Array.isArray(value)) {
      if (!/^(0|[1-9]\d*)$/.test(field)) return { exists: false, blocked: { value }, at, field }
      if (Number(field) > value.length + MAX_BACKFILL)
        refuse(`can't backfill array to larger than ${MAX_BACKFILL} elements`)
    } else if (!isPlainObject(value)) return { exists: false, blocked: { value }, at, field }
    if (!Object.hasOwn(value, field)) return { exists: false }
    value = Reflect.get(value, field)
  }
  return { exists: true, value }
}
