// A thing the gate refuses, with its place in the sources. Lines and columns count from 1.

/** Which check spoke. The first four are WeChat's own tools, the others are ours. */
export type Check =
  | 'compiler'
  | 'wcc'
  | 'wcsc'
  | 'analysis'
  | 'size'
  | 'project'
  | 'json-keys'
  | 'tags'
  | 'handlers'
  | 'imports'

export interface Finding {
  check: Check
  /** Path from the project's folder, with forward slashes. */
  file: string
  line: number
  column: number
  message: string
}

export const describe = ({ check, file, line, column, message }: Finding): string =>
  `${file}:${line}:${column}: ${message} [${check}]`

/** A gate that cannot be run, as against a project it refuses. */
export class GateError extends Error {
  override readonly name = 'GateError'
}
