// What the gate and the process of WeChat's compiler tell each other.

export interface Order {
  /** Folder with the installed tools. */
  tools: string
  /** Folder with project.config.json. */
  project: string
  /** Folder the compiled mini-program is written to, in `miniprogram/`. */
  output: string
  /** `setting` of miniprogram-ci. */
  settings: Readonly<Record<string, boolean>>
}

/** The analyser could not follow something in a compiled file. */
export interface Unresolved {
  /** Compiled file, from miniprogramRoot. */
  from: string
  message: string
}

export type Outcome =
  | { sizes: Record<string, number>; unresolved: Unresolved[] }
  | { refused: { message: string; path: string; code: string } }
  | { failed: string }
