// What is deployed beside `auth`: each function whole in its folder, with no more permission than it uses.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(resolve('dist'), ...path), 'utf8'))
const loaded = (...path: string[]) =>
  require(join(resolve('dist'), ...path, 'index.js')) as { main: (event: unknown) => Promise<unknown> }

describe.each([
  ['https', ['cloudfunctions', 'https']],
  ['push', ['cloudfunctions', 'push']],
  ['membership', ['examples', 'membership']],
])('the function %s', (name, folder) => {
  it('asks the cloud for exactly this SDK, and for no open interface', () => {
    expect(read(...folder, 'package.json')).toMatchObject({
      name,
      main: 'index.js',
      dependencies: { 'wx-server-sdk': '4.0.2' },
    })
    expect(read(...folder, 'config.json')).toEqual({ permissions: { openapi: [] } })
  })

  it('uses nothing that Node 16 does not have', () => {
    const source = readFileSync(join(resolve('dist'), ...folder, 'index.js'), 'utf8')
    expect(source).not.toMatch(/\bfetch\(|structuredClone|\.toSorted\(|\.findLast\(|AbortSignal\.timeout/)
    expect(source.match(/require\("(?!node:)[^"]+"\)/g)).toEqual(['require("wx-server-sdk")'])
  })

  it('is no larger than a cold start can bear', () => {
    const { length } = readFileSync(join(resolve('dist'), ...folder, 'index.js'))
    expect(length).toBeLessThan(200 * 1024)
  })
})

it('https and push answer what is no request at all, without the SDK', async () => {
  await expect(loaded('cloudfunctions', 'https').main(undefined)).resolves.toMatchObject({ statusCode: 400 })
  const event = { httpMethod: 'POST', path: '/', headers: {}, body: '' }
  await expect(loaded('cloudfunctions', 'push').main(event)).resolves.toMatchObject({ statusCode: 403 })
})
