// What the emulator says when it cannot do its own work: one clear line and a code, never a stack for the user.

export type EmulatorErrorCode =
  | 'PORT_BUSY'
  | 'DATA_IN_USE'
  | 'DATA_DAMAGED'
  | 'PROJECT_BROKEN'
  | 'NOT_BUILT'
  | 'UNKNOWN_APP'
  | 'UNKNOWN_ACCOUNT'
  | 'UNKNOWN_FAULT'
  | 'BAD_REQUEST'
  | 'CLOSED'

export class EmulatorError extends Error {
  override readonly name = 'EmulatorError'
  constructor(
    readonly code: EmulatorErrorCode,
    message: string,
  ) {
    super(message)
  }
}
