// What the data wire answers when it refuses: the string codes that wx-server-sdk translates into errCode.

/**
 * String code on the wire → errCode in the function, as wx-server-sdk 4.0.2 maps them (`TCB_ERR_CODE` in its index.js).
 * It turns every other code into -501001.
 */
export const WIRE_CODES = {
  SYS_ERR: -501001,
  SERVER_TIMEOUT: -501002,
  EXCEED_REQUEST_LIMIT: -501003,
  EXCEED_CONCURRENT_REQUEST_LIMIT: -501004,
  INVALIID_ENV: -501005,
  INVALID_COMMON_PARAM: -501006,
  INVALID_PARAM: -501007,
  INVALID_REQUEST_SOURCE: -501008,
  RESOURCE_NOT_INITIAL: -501009,
  DATABASE_REQUEST_FAILED: -502001,
  DATABASE_INVALID_OPERRATOR: -502002,
  DATABASE_PERMISSION_DENIED: -502003,
  DATABASE_COLLECTION_EXCEED_LIMIT: -502004,
  DATABASE_COLLECTION_NOT_EXIST: -502005,
  STORAGE_REQUEST_FAIL: -503001,
  STORAGE_EXCEED_AUTHORITY: -503002,
  STORAGE_FILE_NONEXIST: -503003,
  STORAGE_SIGN_PARAM_INVALID: -503004,
  FUNCTIONS_REQUEST_FAIL: -504001,
  FUNCTIONS_EXECUTE_FAIL: -504002,
  // Known to the SDK by number only: a function sees it as -501001 with this text.
  WX_DATABASE_QUERY_SIZE_EXCEED_LIMIT: -602001,
} as const

export type WireCode = keyof typeof WIRE_CODES

/** A refusal on the data wire; `code` travels, `errCode` is what the function will see. */
export class WireError extends Error {
  override readonly name = 'WireError'
  readonly errCode: number
  constructor(
    readonly code: WireCode,
    message: string,
  ) {
    super(message)
    this.errCode = WIRE_CODES[code]
  }
}

/** The refusal that makes a function see this errCode; numbers the wire cannot carry end as SYS_ERR, as in the cloud. */
export function refusalFor(errCode: number): WireError {
  const known = Object.entries(WIRE_CODES).find(([, number]) => number === errCode)
  const code = (known?.[0] ?? 'SYS_ERR') as WireCode
  return new WireError(code, `[InternalError] refused with ${errCode} (a fault of the emulator)`)
}

/** mongod said no. `kind` is the cloud's word for the operation. */
export const requestFailed = (kind: 'Find' | 'Insert' | 'Update' | 'Remove', why: string): WireError =>
  new WireError('DATABASE_REQUEST_FAILED', `[FailedOperation.${kind}] ${why}`)

export const collectionMissing = (name: string): WireError =>
  new WireError(
    'DATABASE_COLLECTION_NOT_EXIST',
    `[ResourceNotFound] Db or Table not exist: ${name}. Please check your request, but if the problem cannot be solved, contact us.`,
  )

/** What WeChat may offer and this emulator does not (yet): never an empty answer. */
export const notEmulated = (what: string): WireError => new WireError('INVALID_PARAM', `${what} is not emulated`)
