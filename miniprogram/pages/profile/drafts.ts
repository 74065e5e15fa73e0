// What was chosen and typed and not saved yet, per user, for as long as the mini-program runs: a temporary file lives no longer.
import type { Contract } from '../../auth/index'

/** A picture that was chosen, looked at, and fits. */
export interface Picture {
  /** Of the temporary file. */
  path: string
  facts: Contract['avatarUpload']['request']
  /** Where its bytes are already: a save that failed later need not send them again. */
  sent?: { cloudPath: string; at: number }
}

export interface Draft {
  /** As typed. */
  nickname?: string
  picture?: Picture
}

export interface Drafts {
  of(userId: string): Draft
  keep(userId: string, draft: Draft): void
}

export const createDrafts = (): Drafts => {
  const drafts = new Map<string, Draft>()
  return {
    of: (userId) => drafts.get(userId) ?? {},
    keep: (userId, draft) => void drafts.set(userId, draft),
  }
}
