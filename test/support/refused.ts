// Waits for a refusal, and hands it over to be looked at.
import { Refusal } from '../../cloudfunctions/core/errors'

export const refusedBy = async (pending: Promise<unknown>): Promise<Refusal> => {
  const outcome = await pending.then(
    () => 'it succeeded',
    (cause: unknown) => cause,
  )
  if (!(outcome instanceof Refusal)) throw new Error(`expected a refusal, but: ${String(outcome)}`)
  return outcome
}
