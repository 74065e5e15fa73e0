// Builds the functions once, before any test: journeys run what would be deployed.
import { build } from '../../scripts/build'

export default async function buildOnce(): Promise<void> {
  await build()
}
