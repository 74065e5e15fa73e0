// What a caller of a function is told when it does not get a result: the cloud's codes with the cloud's texts.

/** https://developers.weixin.qq.com/miniprogram/dev/wxcloud/reference/errcode; the first two are seen, not listed there. */
export type FunctionErrCode = -501000 | -504003 | -504002 | -604001

/** A failed invocation. `message` is what stands behind `cloud.callFunction:fail Error: ` on the client. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError'
  readonly errMsg: string
  constructor(
    readonly errCode: FunctionErrCode,
    text: string,
    readonly requestId: string,
  ) {
    super(`errCode: ${errCode} ${NAMES[errCode]}| errMsg: ${text}`)
    this.errMsg = this.message
  }
}

/** The SDK's words for a code, where it has some. */
const NAMES: Record<FunctionErrCode, string> = {
  [-501000]: '',
  [-504003]: '',
  [-504002]: 'functions execute fail ',
  [-604001]: 'cloudfunction result size exceed limit (1MB) ',
}

export const functionMissing = (requestId: string) =>
  new FunctionError(-501000, 'FunctionName parameter could not be found', requestId)

export const timedOut = (seconds: number, requestId: string) =>
  new FunctionError(-504003, `Invoking task timed out after ${seconds} seconds`, requestId)

/** The function threw, could not be loaded, or its instance died. */
export const executionFailed = (why: string, requestId: string) => new FunctionError(-504002, why, requestId)

export const resultTooLarge = (bytes: number, requestId: string) =>
  new FunctionError(-604001, `the result has ${bytes} bytes`, requestId)
