// What is to be deployed, in full: enough for a process that knows nothing else of the project.

export interface FunctionOrder {
  name: string
  /** Absolute; its files are uploaded, its dependencies are installed in the cloud. */
  folder: string
  files: string[]
  /** `triggers` of its config.json: WeChat allows one timer. */
  triggers: readonly object[]
}

export type ClientOrder = { as: 'preview'; qr: string } | { as: 'version'; version: string } | { as: 'nothing' }

export interface Order {
  /** Folder with node_modules/miniprogram-ci. */
  tools: string
  /** Absolute: the project as it stands. */
  project: string
  /** miniprogramRoot, from the project's folder. */
  clientRoot: string
  appid: string
  /** A path: the key itself does not travel in the order. */
  keyFile: string
  /** Empty when no function is uploaded. */
  env: string
  functions: FunctionOrder[]
  client: ClientOrder
  desc: string
  robot: number
  setting: Readonly<Record<string, boolean>>
}

/** What was done, step by step; a step that failed is the last of its kind. */
export type Done =
  | { step: 'function'; name: string; files: number; bytes: number }
  | { step: 'timer'; name: string }
  | { step: 'preview'; qr: string; bytes?: number }
  | { step: 'version'; version: string; bytes?: number }
  | { step: 'failed'; what: string; why: Failure }

/** As WeChat's tool threw it, in pieces that survive the way between two processes. */
export interface Failure {
  message: string
  code: string
  path: string
}
