// What glass-easel complains of: errors of handlers and lifetimes, and its own warnings.

import { glassEasel } from 'glass-easel-miniprogram-adapter'
import type { Faults } from './faults'

export const listenToFramework = (faults: Faults): void => {
  glassEasel.globalOptions.throwGlobalError = false
  // `false` says: told, do not print it too.
  glassEasel.addGlobalErrorListener((error, method, component) => {
    const owner = typeof component === 'object' ? component.is : component
    faults.thrown(error, [owner, method].filter(Boolean).join(' '))
    return false
  })
  glassEasel.addGlobalWarningListener((message) => {
    faults.report({ message, where: 'glass-easel' })
    return false
  })
}
