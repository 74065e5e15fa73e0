// Medians of alternating pairs: what is measured is how two things compare in one run on one machine.

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export interface Pair {
  ours: number
  theirs: number
  /** Median of the ratios of neighbours: a slow minute of the machine slows both. */
  ratio: number
}

/** Runs both in turn, `pairs` times, the order swapped every time; the figures are what each run returned. */
export const alternate = async (
  pairs: number,
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
): Promise<Pair> => {
  const left: number[] = []
  const right: number[] = []
  for (let turn = 0; turn < pairs; turn += 1) {
    if (turn % 2 === 0) {
      left.push(await ours())
      right.push(await theirs())
    } else {
      right.push(await theirs())
      left.push(await ours())
    }
  }
  const ratio = median(left.map((value, turn) => value / (right[turn] ?? Number.NaN)))
  return { ours: median(left), theirs: median(right), ratio }
}

/** Milliseconds that `work` takes. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** One row of the table. */
export interface Row {
  what: string
  figure: string
  aim: string
}
