// Versions of the base library.

/** Whether `version` (`3.17.0`) is at least `wanted`. */
export function atLeast(version: string, wanted: string): boolean {
  const have = version.split('.').map(Number)
  for (const [index, part] of wanted.split('.').entries()) {
    const difference = (have[index] ?? 0) - Number(part)
    if (difference !== 0) return difference > 0
  }
  return true
}
