// Whom a user may write to: the placeholder would be shown to real people.

import { type Finding, ok, todo } from '../finding'
import { constantOf, type Project } from '../project'

export const checkContact = (project: Project): Finding[] => {
  const contact = constantOf(project, 'SUPPORT_CONTACT')
  if (contact === undefined) return []
  return contact.endsWith('@example.com')
    ? [todo('contact', `SUPPORT_CONTACT is still ${contact}`, 'put an address of yours into config.ts')]
    : [ok('contact', `users are told to write to ${contact}`)]
}
