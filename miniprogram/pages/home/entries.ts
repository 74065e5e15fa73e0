// The entries of the signed-in home: one for each page it knows, shown when that page exists.
import type { User } from '../../auth/index'
import type { Words } from '../../i18n/index'

export interface Entry {
  url: string
  label: string
  /** What is known already, at the right edge; may be empty. */
  value: string
}

interface Known {
  page: string
  label: (home: Words['home']) => string
  value: (home: Words['home'], user: User) => string
}

const KNOWN: readonly Known[] = [
  {
    page: 'pages/phone/phone',
    label: (home) => home.phone,
    value: (home, { phone }) => phone?.masked ?? home.notLinked,
  },
  {
    page: 'pages/profile/profile',
    label: (home) => home.profile,
    value: (home, { nickname, avatarUrl }) => {
      if (nickname && avatarUrl) return home.complete
      return nickname || avatarUrl ? home.partly : home.notSet
    },
  },
  { page: 'pages/account/account', label: (home) => home.account, value: () => '' },
]

/** `pages`: those that exist, as in app.json. */
export const entriesOf = (pages: readonly string[], user: User, home: Words['home']): Entry[] =>
  KNOWN.filter(({ page }) => pages.includes(page)).map(({ page, label, value }) => ({
    url: `/${page}`,
    label: label(home),
    value: value(home, user),
  }))
