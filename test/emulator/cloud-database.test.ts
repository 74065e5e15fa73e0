// The cloud database as the real, unmodified wx-server-sdk sees it.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type CloudRooms, openCloudRooms } from '../support/cloud-rooms'
import { ask, askOne, type Step } from '../support/sdk-steps'

let rooms: CloudRooms
beforeAll(async () => {
  rooms = await openCloudRooms({ workers: 8 })
})
beforeEach(() => rooms.clear())
afterAll(() => rooms.close())

const given = (...documents: object[]) =>
  ask(
    rooms,
    documents.map((data): Step => ['add', { data }]),
  )

test('add makes an id of 32 hexadecimal digits, or takes the one it is given', async () => {
  const told = await given({ n: 1 }, { _id: 'mine', n: 2 })

  expect(told).toEqual([
    { value: { _id: expect.stringMatching(/^[0-9a-f]{32}$/), errMsg: 'collection.add:ok' } },
    { value: { _id: 'mine', errMsg: 'collection.add:ok' } },
  ])
  expect(rooms.database.find('things', { n: 2 })).toEqual([{ _id: 'mine', n: 2 }])
})

test('add refuses an id that exists and leaves what was there', async () => {
  const [, again] = await given({ _id: 'x', n: 1 }, { _id: 'x', n: 2 })

  expect(again).toEqual({ errCode: -502001, errMsg: expect.stringContaining('E11000 duplicate key error') })
  expect(rooms.database.find('things')).toEqual([{ _id: 'x', n: 1 }])
})

test('getting a document that is missing rejects, as the SDK does unless told otherwise', async () => {
  expect(await askOne(rooms, 'get', { id: 'nobody' })).toEqual({
    errCode: -1,
    errMsg: 'document.get:fail document with _id nobody does not exist',
  })
})

test('set creates or replaces the whole document', async () => {
  const told = await ask(rooms, [
    ['set', { id: 'x', data: { a: 1, b: 2 } }],
    ['set', { id: 'x', data: { c: 3 } }],
    ['get', { id: 'x' }],
  ])

  expect(told[0]).toMatchObject({ value: { stats: { created: 1, updated: 0 } } })
  expect(told[1]).toMatchObject({ value: { stats: { created: 0, updated: 1 } } })
  expect(told[2]).toMatchObject({ value: { data: { _id: 'x', c: 3 } } })
  expect(rooms.database.find('things')).toEqual([{ _id: 'x', c: 3 }])
})

test('update changes only what it names; of a missing document it updates none', async () => {
  await given({ _id: 'x', keep: 1, inner: { a: 1, b: 2 }, gone: true, n: 1 })

  const told = await ask(rooms, [
    ['update', { id: 'x', data: { inner: { b: 3 }, fresh: [1] } }],
    ['unset', { id: 'x', field: 'gone' }],
    ['inc', { id: 'x', field: 'n', by: 4 }],
    ['push', { id: 'x', field: 'fresh', value: [2, 3] }],
    ['update', { id: 'nobody', data: { a: 1 } }],
  ])

  expect(told.map((step) => 'value' in step && (step.value as { stats: unknown }).stats)).toEqual([
    { updated: 1 },
    { updated: 1 },
    { updated: 1 },
    { updated: 1 },
    { updated: 0 },
  ])
  expect(rooms.database.find('things')).toEqual([{ _id: 'x', keep: 1, inner: { a: 1, b: 3 }, n: 5, fresh: [1, 2, 3] }])
})

test('_.set replaces a field that is an object, where a plain object would be merged', async () => {
  await given({ _id: 'x', inner: { a: 1 } })

  await ask(rooms, [['replaceField', { id: 'x', field: 'inner', value: { z: 1 } }]])

  expect(rooms.database.find('things')).toEqual([{ _id: 'x', inner: { z: 1 } }])
})

test('remove tells how many it removed', async () => {
  await given({ _id: 'x' })

  expect(
    await ask(rooms, [
      ['remove', { id: 'x' }],
      ['remove', { id: 'x' }],
    ]),
  ).toMatchObject([{ value: { stats: { removed: 1 } } }, { value: { stats: { removed: 0 } } }])
})

test('dates and server dates come back as dates, on the emulated clock', async () => {
  await rooms.clock.advance(86_400_000)

  const [, told] = await ask(rooms, [
    ['stamp', { id: 'x' }],
    ['dates', { id: 'x' }],
  ])

  const [stored] = rooms.database.find('things')
  const at = Number(stored?.['at'])
  expect(Math.abs(at - rooms.clock.now())).toBeLessThan(60_000)
  expect(told).toEqual({
    value: [
      [true, at],
      [true, at + 60_000],
      [true, 1e12],
    ],
  })
})

describe('a query', () => {
  const N = [1, 2, 3, 4]
  beforeEach(() => given(...N.map((n) => ({ _id: `n${n}`, n })), { _id: 'none' }, { _id: 'word', n: '3' }))
  const ids = async (...step: Step) => {
    const told = await askOne(rooms, ...step)
    return 'value' in told ? (told.value as { data: { _id: string }[] }).data.map(({ _id }) => _id) : told
  }

  test.each<[string, unknown[], string[]]>([
    ['eq', [3], ['n3']],
    ['neq', [3], ['n1', 'n2', 'n4', 'none', 'word']],
    ['gt', [2], ['n3', 'n4']],
    ['gte', [2], ['n2', 'n3', 'n4']],
    ['lt', [2], ['n1']],
    ['lte', [2], ['n1', 'n2']],
    ['in', [[1, 4, 9]], ['n1', 'n4']],
    ['nin', [[1, 2, 3]], ['n4', 'none', 'word']],
    ['exists', [true], ['n1', 'n2', 'n3', 'n4', 'word']],
    ['exists', [false], ['none']],
  ])('n: _.%s(%j) finds %j', async (name, args, expected) => {
    expect(await ids('command', { field: 'n', name, args })).toEqual(expected)
  })

  test('_.or and _.not', async () => {
    expect(await ids('either', { branches: [{ n: 1 }, { _id: 'n4' }] })).toEqual(['n1', 'n4'])
    expect(await ids('neither', { field: 'n', value: 3 })).toEqual(['n1', 'n2', 'n4', 'none', 'word'])
  })

  test('a regular expression, JavaScript’s or the database’s', async () => {
    expect(await ids('matching', { field: '_id', pattern: '^W' })).toEqual(['word'])
    expect(await ids('dbRegExp', { field: '_id', pattern: '^W' })).toEqual(['word'])
  })

  test('orderBy, skip, limit and field', async () => {
    await ask(rooms, [
      ['removeWhere', { query: { _id: 'none' } }],
      ['removeWhere', { query: { _id: 'word' } }],
    ])

    const page = await askOne(rooms, 'page', { field: 'n', direction: 'desc', skip: 1, limit: 2, only: { n: true } })

    expect(page).toMatchObject({
      value: {
        data: [
          { _id: 'n3', n: 3 },
          { _id: 'n2', n: 2 },
        ],
      },
    })
  })

  test('count, update and remove by query tell how many matched', async () => {
    expect(
      await ask(rooms, [
        ['count', { query: { n: 3 } }],
        ['updateWhere', { query: { n: 3 }, data: { seen: true } }],
        ['removeWhere', { query: { seen: true } }],
        ['count', { query: {} }],
      ]),
    ).toMatchObject([
      { value: { total: 1 } },
      { value: { stats: { updated: 1 } } },
      { value: { stats: { removed: 1 } } },
      { value: { total: 5 } },
    ])
  })

  test('without a limit gives a hundred', async () => {
    await given(...Array.from({ length: 101 }, (_, n) => ({ _id: `more${n}` })))

    expect(await ids('all')).toHaveLength(100)
  })
})

test('forty invocations in eight workers count to eighty', async () => {
  await ask(rooms, [['set', { id: 'c', data: { n: 0 } }]], 'counters')
  const twice: Step[] = [
    ['inc', { id: 'c', field: 'n', by: 1 }],
    ['inc', { id: 'c', field: 'n', by: 1 }],
  ]

  await Promise.all(Array.from({ length: 40 }, () => ask(rooms, twice, 'counters')))

  expect(rooms.database.find('counters')).toEqual([{ _id: 'c', n: 80 }])
}, 30_000) // eight cold starts of the SDK on two cores

test('a collection that database.json does not list does not exist', async () => {
  expect(
    await ask(
      rooms,
      [
        ['add', { data: {} }],
        ['get', { id: 'x' }],
        ['count', { query: {} }],
      ],
      'nowhere',
    ),
  ).toEqual(
    Array.from({ length: 3 }, () => ({
      errCode: -502005,
      errMsg: expect.stringContaining('[ResourceNotFound] Db or Table not exist: nowhere'),
    })),
  )
})

test('a dropped collection does not exist any more', async () => {
  rooms.database.dropCollection('things')

  expect(await askOne(rooms, 'all')).toMatchObject({ errCode: -502005 })
})

test('a result above one megabyte is refused', async () => {
  const told = await ask(rooms, [
    ['setBlob', { id: 'a', bytes: 700_000 }],
    ['setBlob', { id: 'b', bytes: 700_000 }],
    ['get', { id: 'a' }],
    ['all'],
  ])

  expect(told[2]).toHaveProperty('value.data._id', 'a')
  // The SDK knows no string code for -602001: a function sees the number in the text only.
  expect(told[3]).toEqual({ errCode: -501001, errMsg: expect.stringContaining('-602001') })
})

test.each<[string, RegExp]>([
  ['elemMatch', /\$elemMatch/],
  ['pull', /\$pull/],
  ['aggregate', /database\.aggregateDocuments is not emulated/],
  ['openapi', /wx\.openApi \(wxacode\.getUnlimited\) is not emulated/],
  ['callFunction', /functions\.invokeFunction is not emulated/],
])('%s is refused by name, not answered with nothing', async (step, text) => {
  await given({ _id: 'x', tags: ['a'] })

  expect(await askOne(rooms, step, { id: 'x' })).toHaveProperty('errMsg', expect.stringMatching(text))
})

test('every operation is a hop with its name, its account and its invocation', async () => {
  await ask(rooms, [
    ['add', { data: { _id: 'x' } }],
    ['all'],
    ['get', { id: 'nobody' }],
    ['add', { data: { _id: 'x' } }],
  ])

  expect(rooms.trace.hops.map(({ from, to, op, account }) => [from, to, op, account])).toEqual(
    ['things.add', 'things.where', 'things.get', 'things.add'].map((op) => ['function', 'database', op, 'v1']),
  )
  expect(new Set(rooms.trace.hops.map(({ invocation }) => invocation)).size).toBe(1)
  expect(rooms.trace.hops.at(-1)?.error).toContain('-502001')
})

test('a fault bends one operation by name', async () => {
  rooms.faults.add({ at: 'things.add', answer: 'cut' })
  rooms.faults.add({ at: 'things.get', answer: 'lost' })
  await ask(rooms, [['add', { data: { _id: 'x' } }]])

  expect(rooms.database.find('things')).toEqual([])
  expect(
    await ask(rooms, [
      ['add', { data: { _id: 'x' } }],
      ['get', { id: 'x' }],
      ['get', { id: 'x' }],
    ]),
  ).toEqual([
    { value: expect.anything() },
    { errCode: expect.any(Number), errMsg: expect.stringContaining('document.get:fail') },
    { value: expect.anything() },
  ])
})

test('what was acknowledged is there after a restart, dates and all', async () => {
  const data = mkdtempSync(path.join(tmpdir(), 'cloud-'))
  const first = await openCloudRooms({ data })
  await ask(first, [
    ['stamp', { id: 'x' }],
    ['add', { data: { _id: 'y', n: 1.5, no: null } }],
    ['remove', { id: 'z' }],
  ])
  const before = first.database.everything()
  await first.close()

  const second = await openCloudRooms({ data })
  expect(second.database.everything()).toEqual(before)
  expect(second.database.find('things', { own: new Date(1e12) })).toHaveLength(1)
  await second.close()
  rmSync(data, { recursive: true })
})
