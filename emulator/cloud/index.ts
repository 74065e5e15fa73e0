// The cloud's data side, joined: the SDK's wire, and the back doors to the same data.
import { join } from 'node:path'
import type { Stage, Tables } from '../ports'
import { ENVIRONMENT_ID } from '../state/file-id'
import type { Emulator } from '../types'
import { createBackDoor } from './back-door'
import { readCollections } from './collections'
import { createDatabase } from './database'
import { type CloudFace, createCloudFace } from './face'
import type { Invocations } from './invocations'
import type { OpenApiCalls } from './open-api-calls'
import type { StoragePorts } from './storage-actions'

export { ENVIRONMENT_ID } from '../state/file-id'
export type { CloudFace, CloudRequest, CloudResponse } from './face'
export { createInvocations, type Invocations } from './invocations'
export { createOpenApiCalls, type OpenApiCalls } from './open-api-calls'

export interface Cloud {
  /** `POST /admin`, after the guard. */
  face: CloudFace
  /** `Emulator.database`. */
  backDoor: Emulator['database']
}

export function createCloud(
  ports: {
    stage: Stage
    tables: Tables
    clock: { now(): number }
    invocations: Pick<Invocations, 'find'>
    openApi: OpenApiCalls
    storage: StoragePorts
  },
  /** Folder of the project, for cloudfunctions/database.json. */
  { project }: { project: string },
): Cloud {
  const collections = readCollections(join(project, 'cloudfunctions', 'database.json'))
  const database = createDatabase({ tables: ports.tables, collections })
  return {
    face: createCloudFace({ ...ports, database }, { environmentId: ENVIRONMENT_ID }),
    backDoor: createBackDoor(database),
  }
}
