// Given for verdicts: WeChat looks at the pictures it was asked about, and its pushes are taken.
import type { Emulator, Hop } from '../../emulator/types'

const isTaken = ({ op, error, reply }: Hop): boolean =>
  op === 'http.push' &&
  error === undefined &&
  typeof reply === 'object' &&
  reply !== null &&
  Reflect.get(reply, 'status') === 200

/**
 * Resolves when `count` pushes that come from now on were taken. One that finds its function busy is sent again, so the
 * first that was answered need not be the one that did it.
 */
export const pushesTaken = (emulator: Emulator, count = 1): Promise<void> =>
  new Promise((resolve) => {
    let taken = 0
    const stop = emulator.trace.onHop((hop) => {
      if (!isTaken(hop)) return
      taken += 1
      if (taken < count) return
      stop()
      resolve()
    })
  })

/** How long WeChat looks at a picture here, milliseconds; not longer, or the function's own time would pass with it. */
const LOOK_MS = 2_000

/** WeChat has looked at `count` pictures and told. */
export const judged = async (emulator: Emulator, count = 1): Promise<void> => {
  const taken = pushesTaken(emulator, count)
  await emulator.clock.advance(LOOK_MS)
  await taken
}
