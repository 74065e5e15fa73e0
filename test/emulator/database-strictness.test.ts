// Where mingo would skip or guess, the emulated database refuses as mongod does.
import { createDatabase, type Database } from '../../emulator/cloud/database'
import { createTables } from '../../emulator/data/tables'
import { refusedBy } from '../support/cloud-refusal'

const open = (...documents: object[]): Database => {
  const database = createDatabase({ tables: createTables(), collections: () => new Set(['things']) })
  database.insert('things', documents)
  return database
}
const DOCUMENT = { _id: 'x', word: 'a', none: null, n: 1, list: [1, { a: 1 }], inner: { a: 1 }, at: new Date(5) }
const update = (modifier: unknown) => open(DOCUMENT).update('things', { _id: 'x' }, modifier, { multi: false })

test.each<[string, unknown, RegExp]>([
  ['$inc of a string', { $inc: { word: 1 } }, /Cannot apply \$inc to a value of non-numeric type.*type string/],
  ['$inc of null', { $inc: { none: 1 } }, /non-numeric type null/],
  ['$inc of a date', { $inc: { at: 1 } }, /non-numeric type date/],
  ['$inc by a string', { $inc: { n: '1' } }, /Cannot increment with non-numeric argument: \{n: "1"\}/],
  ['$mul of an array', { $mul: { list: 2 } }, /non-numeric type array/],
  [
    '$push on a number',
    { $push: { n: 1 } },
    /The field 'n' must be an array but is of type int in document \{_id: "x"\}/,
  ],
  ['$push on null', { $push: { none: { $each: [1] } } }, /must be an array but is of type null/],
  ['$push with $sort', { $push: { list: { $each: [1], $sort: 1 } } }, /\$sort/],
  ['$push with $each that is no array', { $push: { list: { $each: 1 } } }, /\$each in \$push must be an array/],
  ['$pop on a string', { $pop: { word: 1 } }, /non-array type 'string'/],
  ['$pop by two', { $pop: { list: 2 } }, /\$pop expects 1 or -1/],
  ['$set below a scalar', { $set: { 'n.a': 1 } }, /Cannot create field 'a' in element \{n: 1\}/],
  ['$set below null', { $set: { 'none.a': 1 } }, /Cannot create field 'a' in element \{none: null\}/],
  ['$set below a date', { $set: { 'at.a': 1 } }, /Cannot create field 'a' in element/],
  ['$set of a name in an array', { $set: { 'list.a': 1 } }, /Cannot create field 'a' in element \{list:/],
  ['$inc below a scalar', { $inc: { 'word.n': 1 } }, /Cannot create field 'n' in element/],
  ['$set of _id', { $set: { _id: 'y' } }, /immutable field '_id'/],
  ['$unset of _id', { $unset: { _id: '' } }, /immutable field '_id'/],
  ['one path twice', { $set: { n: 2 }, $inc: { n: 1 } }, /Updating the path 'n' would create a conflict at 'n'/],
  ['a path and what is below it', { $set: { inner: {}, 'inner.a': 1 } }, /would create a conflict at 'inner'/],
  ['what is below a path and it', { $set: { 'inner.a': 1 }, $unset: { inner: '' } }, /conflict at 'inner'/],
  ['an unknown operator', { $frobnicate: { n: 1 } }, /Unknown modifier: \$frobnicate/],
  ['an operator that is not emulated', { $rename: { n: 'm' } }, /Unknown modifier: \$rename/],
  ['a plain document', { n: 2 }, /must consist of operators, found the field 'n'/],
  ['a pipeline', [{ $set: { n: 2 } }], /must not be empty/],
  ['nothing', {}, /must not be empty/],
  ['an operator without fields', { $set: 1 }, /Modifiers operate on fields but we found type int/],
  ['a value with a $ name', { $set: { n: { $bad: 1 } } }, /dollar \(\$\) prefixed field '\$bad'/],
  ['a value with a dotted name', { $set: { n: { 'a.b': 1 } } }, /dotted field 'a\.b'/],
  ['a positional path', { $set: { 'list.$': 1 } }, /positional or \$ prefixed/],
  ['an empty step in a path', { $set: { 'a..b': 1 } }, /empty field name/],
  ['a path to the prototype', { $set: { '__proto__.polluted': 1 } }, /__proto__/],
  ['an invalid date', { $set: { at: new Date(Number.NaN) } }, /invalid Date/],
])('an update with %s is refused', (_what, modifier, text) => {
  expect(refusedBy(() => update(modifier))).toEqual({
    code: 'DATABASE_REQUEST_FAILED',
    message: expect.stringMatching(text),
  })
})

test('a refused update changes nothing, not even what came before in it', () => {
  const database = open(DOCUMENT)

  refusedBy(() => database.update('things', {}, { $set: { fresh: 1 }, $inc: { word: 1 } }, { multi: false }))

  expect(database.find('things', {})).toEqual([DOCUMENT])
})

test.each<[string, unknown, object]>([
  ['$set makes the objects on the way', { $set: { 'new.deep': 1 } }, { new: { deep: 1 } }],
  ['$set of an array element', { $set: { 'list.0': 9 } }, { list: [9, { a: 1 }] }],
  ['$set in an object in an array', { $set: { 'list.1.a': 9 } }, { list: [1, { a: 9 }] }],
  ['$inc of what is missing', { $inc: { 'new.n': 2 } }, { new: { n: 2 } }],
  ['$mul of what is missing', { $mul: { m: 2 } }, { m: 0 }],
  ['$push to what is missing', { $push: { tags: { $each: [1, 2] } } }, { tags: [1, 2] }],
  ['$push at the front', { $push: { list: { $each: [0], $position: 0 } } }, { list: [0, 1, { a: 1 }] }],
  ['$pop from the front', { $pop: { list: -1 } }, { list: [{ a: 1 }] }],
  ['$unset below a scalar is nothing to do', { $unset: { 'n.a': '' } }, {}],
  ['$unset below null is nothing to do', { $unset: { 'none.a': '' } }, {}],
  ['$max keeps the greater', { $max: { n: 0 } }, {}],
  ['$min takes the lesser', { $min: { n: 0 } }, { n: 0 }],
])('%s', (_what, modifier, change) => {
  const database = open(DOCUMENT)

  expect(database.update('things', { _id: 'x' }, modifier, { multi: false })).toBe(1)

  expect(database.find('things', {})).toEqual([{ ...DOCUMENT, ...change }])
})

test.each<[string, unknown, RegExp]>([
  ['an unknown operator', { n: { $frobnicate: 1 } }, /unknown operator: \$frobnicate/],
  ['an operator that is not emulated', { list: { $elemMatch: { a: 1 } } }, /unknown operator: \$elemMatch/],
  ['a typing error beside an operator', { n: { $gt: 1, lt: 2 } }, /unknown operator: lt/],
  ['an unknown top level operator', { $where: 'true' }, /unknown top level operator: \$where/],
  ['an empty $or', { $or: [] }, /\$or must be a nonempty array/],
  ['an $and of no filters', { $and: [1] }, /must be an object/],
  ['a $in without a list', { n: { $in: 1 } }, /\$in needs an array/],
  ['an operator hidden in a value', { inner: { a: { $gt: 0 } } }, /unknown operator: \$gt/],
  ['an operator hidden in a list', { n: { $in: [{ $gt: 0 }] } }, /unknown operator: \$gt/],
  ['a whole sub-document', { inner: { a: 1, b: 2 } }, /whole sub-document/],
  ['the order of null', { n: { $gte: null } }, /comparing the order with null/],
  ['a $not of a value', { n: { $not: 1 } }, /\$not needs a regex or a document/],
  ['$options alone', { word: { $options: 'i' } }, /\$options needs a \$regex/],
  ['an option JavaScript does not know', { word: { $regex: 'a', $options: 'x' } }, /\$options "x" are not emulated/],
  ['something that is no object', 'n', /must be an object/],
])('a query with %s is refused', (_what, query, text) => {
  const database = open(DOCUMENT)

  for (const attempt of [
    () => database.find('things', query),
    () => database.count('things', query),
    () => database.remove('things', query, { multi: true }),
    () => database.update('things', query, { $set: { n: 2 } }, { multi: true }),
  ])
    expect(refusedBy(attempt)).toEqual({ code: 'DATABASE_REQUEST_FAILED', message: expect.stringMatching(text) })
})

test.each<[string, unknown, RegExp]>([
  ['a $ name', { $a: 1 }, /dollar/],
  ['a $ name deep inside', { a: [{ b: { $a: 1 } }] }, /dollar/],
  ['a dotted name', { 'a.b': 1 }, /dotted/],
  ['a __proto__', JSON.parse('{ "a": { "__proto__": { "polluted": true } } }'), /__proto__/],
  ['a forged BSON value', { a: { _bsontype: 'ObjectId' } }, /_bsontype/],
  ['an _id that is an object', { _id: { a: 1 } }, /an _id must be a string or a number, not object/],
  ['an _id that is null', { _id: null }, /not null/],
  ['a list for a document', [1], /must be an object/],
  ['more than a hundred levels', JSON.parse(`${'{"a":'.repeat(101)}1${'}'.repeat(101)}`), /nesting depth/],
  ['more than sixteen megabytes', { a: 'x'.repeat(17 * 1024 * 1024) }, /too large/],
])('a document with %s is refused', (_what, document, text) => {
  const database = open()

  expect(refusedBy(() => database.insert('things', [document]))).toEqual({
    code: 'DATABASE_REQUEST_FAILED',
    message: expect.stringMatching(text),
  })
  expect(database.count('things', {})).toBe(0)
})

test.each<[string, object, RegExp]>([
  ['an order that is a word', { order: { n: 'desc' } }, /must be 1 or -1/],
  ['a projection that takes and leaves', { projection: { n: 1, word: 0 } }, /inclusion and exclusion/],
  ['a projection with an operator', { projection: { list: { $slice: 1 } } }, /not emulated/],
])('%s is refused', (_what, options, text) => {
  expect(refusedBy(() => open(DOCUMENT).find('things', {}, options)).message).toMatch(text)
})

test('the ids 1 and "1" are two documents', () => {
  const database = open({ _id: 1, a: 'number' }, { _id: '1', a: 'string' })

  expect(database.find('things', { _id: 1 })).toEqual([{ _id: 1, a: 'number' }])
  expect(database.find('things', { _id: '1' })).toEqual([{ _id: '1', a: 'string' }])
})

test('comparisons stay within one type, as in mongod', () => {
  const database = open({ _id: 'a', v: 5 }, { _id: 'b', v: '5' }, { _id: 'c', v: new Date(5) }, { _id: 'd', v: true })

  expect(database.find('things', { v: { $gt: 4 } })).toEqual([{ _id: 'a', v: 5 }])
  expect(database.find('things', { v: { $gt: new Date(4) } })).toEqual([{ _id: 'c', v: new Date(5) }])
  expect(database.find('things', { v: '5' })).toEqual([{ _id: 'b', v: '5' }])
})

test('what was found cannot be used to change what is stored', () => {
  const database = open({ _id: 'x', list: [1] })
  const [found] = database.find('things', {})
  const list: unknown = found?.['list']
  if (Array.isArray(list)) list.push(2)

  expect(database.find('things', {})).toEqual([{ _id: 'x', list: [1] }])
})
