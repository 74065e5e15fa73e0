// Strips types for jest; tsc checks them (npm run check).
import { createHash } from 'node:crypto'
import { transformSync, version } from 'esbuild'

const options = { loader: 'ts', format: 'cjs', target: 'node20', sourcemap: 'inline' }

export default {
  getCacheKey: (source, file) => createHash('sha1').update(source).update(file).update(version).digest('hex'),
  process: (source, file) => ({ code: transformSync(source, { ...options, sourcefile: file }).code }),
}
