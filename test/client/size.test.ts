// The library is copied into other people's packages: it stays small.
import { gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'

const LIMIT_BYTES = 6 * 1024

test('the client library is at most 6 KB, minified and gzipped', () => {
  const { outputFiles } = buildSync({
    entryPoints: ['miniprogram/auth/index.ts'],
    bundle: true,
    minify: true,
    format: 'esm', // what is shipped: no wrapper around the exports
    target: 'es2020',
    write: false,
  })

  const bytes = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length

  expect(bytes).toBeGreaterThan(1_000)
  expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES)
})
