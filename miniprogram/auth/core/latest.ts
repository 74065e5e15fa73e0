// Writes one at a time, the latest value last: a slow write never lands on top of a newer one.

export const createLatest = <T>(write: (value: T) => Promise<void>): ((value: T) => Promise<void>) => {
  let latest: { value: T } | undefined
  let writing: Promise<void> | undefined

  const drain = async (): Promise<void> => {
    let failure: { cause: unknown } | undefined
    while (latest) {
      const { value } = latest
      latest = undefined
      failure = await write(value).then(
        () => undefined,
        (cause: unknown) => ({ cause }),
      )
    }
    writing = undefined
    if (failure) throw failure.cause
  }

  return (value) => {
    latest = { value }
    writing ??= drain()
    return writing
  }
}
