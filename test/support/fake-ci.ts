// A miniprogram-ci that remembers what it is given, and fails when it is told to.

import type { CiProjectOptions, MiniprogramCi } from '../../scripts/deploy/ci'

type Given =
  | { call: 'Project'; options: CiProjectOptions }
  | { call: 'uploadFunction' | 'createTimeTrigger' | 'preview' | 'upload'; options: object }

export interface FakeCi {
  ci: MiniprogramCi
  given: Given[]
  /** The options of the calls of one kind, in order. */
  of(call: Given['call']): object[]
}

/** `fail` may throw in place of an answer; `said` is the answer of createTimeTrigger. */
export const createFakeCi = ({
  fail = () => undefined,
  onProject = () => undefined,
  said = '创建定时触发器成功',
}: {
  fail?: (call: Given['call'], options: object) => void
  onProject?: (options: CiProjectOptions) => void
  said?: string
} = {}): FakeCi => {
  const given: Given[] = []
  const answer = async <T>(call: Exclude<Given['call'], 'Project'>, options: object, value: T): Promise<T> => {
    given.push({ call, options })
    fail(call, options)
    return value
  }
  const packages = { subPackageInfo: [{ name: '__FULL__', size: 46_080 }] }
  const ci: MiniprogramCi = {
    Project: class {
      constructor(options: CiProjectOptions) {
        given.push({ call: 'Project', options })
        fail('Project', options)
        onProject(options)
      }
    },
    upload: (options) => answer('upload', options, packages),
    preview: (options) => answer('preview', options, packages),
    cloud: {
      uploadFunction: (options) => answer('uploadFunction', options, { filesCount: 3, packSize: 30_720 }),
      createTimeTrigger: (options) => answer('createTimeTrigger', options, said),
    },
  }
  return { ci, given, of: (call) => given.filter((it) => it.call === call).map(({ options }) => options) }
}
