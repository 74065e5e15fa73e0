// What the cloud's wire would say to an operation that must fail.
import { WireError } from '../../emulator/cloud/errors'

export const refusedBy = (operation: () => unknown): { code: string; message: string } => {
  try {
    operation()
  } catch (error) {
    if (error instanceof WireError) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('it was not refused')
}
