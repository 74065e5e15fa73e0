// Any number of callers share one promise while it runs; afterwards it is forgotten, success or not.

export interface SingleFlight<T> {
  /** Joins the flight under way, or starts one. */
  run(start: () => Promise<T>): Promise<T>
  busy(): boolean
  /** Later callers start afresh; those on board still land. */
  abandon(): void
}

export const createSingleFlight = <T>(): SingleFlight<T> => {
  let pending: Promise<T> | undefined
  return {
    run(start) {
      if (pending) return pending
      const mine = start()
      const forget = () => {
        // Clear only your own: by now another flight may have taken off.
        if (pending === mine) pending = undefined
      }
      // Before whoever boards: a caller that is told of the end can start afresh.
      mine.then(forget, forget)
      pending = mine
      return mine
    },
    busy: () => pending !== undefined,
    abandon() {
      pending = undefined
    },
  }
}
