// What the cloud's files are called: `cloud://<environment>.<bucket>/<path>`.

/** The one cloud environment there is; both mini-programs share it, as linked ones may. */
export const ENVIRONMENT_ID = 'emulated-env'

/** The first two characters of the environment in hex, the environment, the account: as seen in the wild. */
export const BUCKET = `${Buffer.from(ENVIRONMENT_ID.slice(0, 2)).toString('hex')}-${ENVIRONMENT_ID}-1300000000`

const HERE = `cloud://${ENVIRONMENT_ID}.${BUCKET}/`

export const fileIDOf = (path: string): string => `${HERE}${path}`

/** `foreign`: of another environment or bucket. `malformed`: no fileID at all. */
export type ReadFileID = { path: string } | 'foreign' | 'malformed'

export function readFileID(fileID: unknown): ReadFileID {
  if (typeof fileID !== 'string' || !/^cloud:\/\/[^/]+\/./.test(fileID)) return 'malformed'
  return fileID.startsWith(HERE) ? { path: fileID.slice(HERE.length) } : 'foreign'
}
