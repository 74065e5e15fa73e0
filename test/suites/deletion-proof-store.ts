// What every store of deletion proofs must honour: each is written once.
import type { DeletionProofStore } from '../../cloudfunctions/core/stores'

export const deletionProofStoreSuite = (make: () => DeletionProofStore): void => {
  it('takes a proof once', async () => {
    const store = make()
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => store.add('deletion:some-random-id', 1)))
    expect(outcomes.toSorted()).toEqual(['added', 'exists', 'exists', 'exists', 'exists'])
  })
}
