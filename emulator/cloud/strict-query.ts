// The strict gate before mingo for queries: everything it lets through means the same to mongod.
import { isPlainObject, type PlainObject, show } from './documents'
import { parsePath, Refusal, refuse } from './strict-values'

const isRegExp = (value: unknown): value is RegExp => Object.prototype.toString.call(value) === '[object RegExp]'
const isInteger = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value)

/** What each operator takes; an operator that is not here is refused by name. */
const OPERATORS: Record<string, (operand: unknown, siblings: PlainObject) => void> = {
  $eq: checkEqualTo,
  $ne: checkEqualTo,
  $gt: checkOrdered,
  $gte: checkOrdered,
  $lt: checkOrdered,
  $lte: checkOrdered,
  $in: (operand) => checkList('$in', operand, checkEqualTo),
  $nin: (operand) => checkList('$nin', operand, checkEqualTo),
  $all: (operand) => checkList('$all', operand, checkEqualTo),
  $exists: (operand) => {
    if (typeof operand !== 'boolean' && typeof operand !== 'number') refuse('$exists needs a boolean')
  },
  $size: (operand) => {
    if (!isInteger(operand) || operand < 0) refuse('$size must be a non-negative whole number')
  },
  $mod: (operand) => {
    if (!Array.isArray(operand) || operand.length !== 2 || !operand.every(isInteger)) refuse('malformed mod')
    if (Array.isArray(operand) && operand[0] === 0) refuse('divisor cannot be 0')
  },
  $not: (operand) => {
    if (isRegExp(operand)) return
    if (!isPlainObject(operand) || !hasOperators(operand)) refuse('$not needs a regex or a document')
    else checkCondition(operand)
  },
  $regex: (operand) => {
    if (typeof operand !== 'string' && !isRegExp(operand)) refuse('$regex has to be a string')
  },
  $options: (operand, siblings) => {
    if (!('$regex' in siblings)) refuse('$options needs a $regex')
    if (typeof operand !== 'string' || /[^imsu]/.test(operand)) refuse(`the $options ${show(operand)} are not emulated`)
  },
}

const LOGICAL = new Set(['$and', '$or', '$nor'])

const hasOperators = (value: PlainObject) => Object.keys(value).some((key) => key.startsWith('$'))

/** Checks a whole filter; throws a Refusal that says what is wrong. */
export function checkQuery(filter: unknown): asserts filter is PlainObject {
  if (!isPlainObject(filter)) throw new Refusal('a query must be an object')
  for (const [key, value] of Object.entries(filter)) {
    if (LOGICAL.has(key)) checkBranches(key, value)
    else if (key.startsWith('$')) refuse(`unknown top level operator: ${key} (unknown, or not emulated)`)
    else {
      parsePath(key)
      if (isPlainObject(value) && hasOperators(value)) checkCondition(value)
      else checkEqualTo(value)
    }
  }
}

function checkBranches(operator: string, value: unknown): void {
  if (!Array.isArray(value) || value.length === 0) throw new Refusal(`${operator} must be a nonempty array`)
  for (const branch of value) checkQuery(branch)
}

function checkCondition(condition: PlainObject): void {
  for (const [operator, operand] of Object.entries(condition)) {
    const check = OPERATORS[operator]
    if (check === undefined) throw new Refusal(`unknown operator: ${operator} (unknown, or not emulated)`)
    check(operand, condition)
  }
}

function checkList(operator: string, operand: unknown, each: (item: unknown) => void): void {
  if (!Array.isArray(operand)) throw new Refusal(`${operator} needs an array`)
  for (const item of operand) each(item)
}

/** mongod compares sub-documents with the order of their keys, mingo without: refused where that could differ. */
function checkEqualTo(value: unknown): void {
  if (Array.isArray(value)) for (const item of value) checkEqualTo(item)
  else if (isPlainObject(value)) {
    if (hasOperators(value)) refuse(`unknown operator: ${Object.keys(value).find((key) => key.startsWith('$'))}`)
    if (Object.keys(value).length > 1) refuse('comparing with a whole sub-document is not emulated: name its fields')
    for (const inner of Object.values(value)) checkEqualTo(inner)
  }
}

/** mingo orders null, arrays and sub-documents otherwise than mongod does. */
function checkOrdered(value: unknown): void {
  if (value === null || Array.isArray(value) || isPlainObject(value) || isRegExp(value))
    refuse(`comparing the order with ${show(value)} is not emulated`)
}

/** `{ field: 1 | -1, … }` */
export function checkOrder(order: unknown): asserts order is Record<string, 1 | -1> {
  if (!isPlainObject(order)) throw new Refusal('an order must be an object')
  for (const [path, direction] of Object.entries(order)) {
    parsePath(path)
    if (direction !== 1 && direction !== -1) refuse(`the order of '${path}' must be 1 or -1`)
  }
}

/** `{ field: 1, … }` or `{ field: 0, … }`; only `_id` may differ from the others. */
export function checkProjection(projection: unknown): asserts projection is Record<string, 0 | 1> {
  if (!isPlainObject(projection)) throw new Refusal('a projection must be an object')
  const sides = new Set<unknown>()
  for (const [path, value] of Object.entries(projection)) {
    parsePath(path)
    if (value !== 0 && value !== 1) refuse(`the projection of '${path}' is not emulated: ${show(value)}`)
    if (path !== '_id') sides.add(value)
  }
  if (sides.size > 1) refuse('Cannot do inclusion and exclusion in one projection')
}
