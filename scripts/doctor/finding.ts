// One line of the doctor: what was looked at, how it is, and what to do.

export interface Finding {
  /** A word per subject, for `--json` and for tests. */
  id: string
  /** `ok`: nothing to do. `todo`: only you can do it, and nothing here is broken. `wrong`: it will not work. */
  level: 'ok' | 'todo' | 'wrong'
  what: string
  /** What to do; absent when it is fine. */
  fix?: string
}

export const ok = (id: string, what: string): Finding => ({ id, level: 'ok', what })
export const todo = (id: string, what: string, fix: string): Finding => ({ id, level: 'todo', what, fix })
export const wrong = (id: string, what: string, fix: string): Finding => ({ id, level: 'wrong', what, fix })
