// Proves that the gate can refuse: every broken variant, and whether what was said names the place.

import { ownChecks } from './checks/index'
import { describe, type Finding } from './finding'
import { openMiniProgram } from './mini-program'
import { copyProject, type ProjectCopy } from './project-copy'
import { runGate } from './run'
import { type Refusal, VARIANTS, type Variant } from './variants'
import { compileStyles, compileTemplates } from './wcc'

/** The compiler works in a process of its own; more of them than cores only wait for each other. */
const AT_ONCE = 2

export interface VariantResult {
  name: string
  ms: number
  /** What should have been said and was not; empty when the variant was refused as it must be. */
  missing: string[]
  said: string[]
}

/** Runs one variant on a copy of the project. */
export const tryVariant = async (project: string, variant: Variant): Promise<VariantResult> => {
  const start = performance.now()
  const copy = copyProject(project)
  try {
    variant.break(copy)
    const findings = await findingsOf(copy, variant)
    const missing = variant.refused
      .map((refusal) => ({ refusal, line: lineOf(copy, refusal) }))
      .filter(({ refusal, line }) => !findings.some((finding) => names(finding, refusal, line)))
      .map(({ refusal, line }) => `miniprogram/${refusal.file}:${line} [${refusal.check}]`)
    return { name: variant.name, ms: Math.round(performance.now() - start), missing, said: findings.map(describe) }
  } finally {
    copy.discard()
  }
}

const findingsOf = async ({ folder }: ProjectCopy, { by }: Variant): Promise<Finding[]> => {
  if (by === 'compiler') return (await runGate(folder)).steps.flatMap(({ findings }) => findings)
  const mini = openMiniProgram(folder)
  return by === 'own' ? ownChecks(mini) : [...compileTemplates(mini), ...compileStyles(mini)]
}

const names = ({ check, file, line }: Finding, refusal: Refusal, expected: number): boolean =>
  check === refusal.check && file === `miniprogram/${refusal.file}` && line === expected

const lineOf = (copy: ProjectCopy, { file, at }: Refusal): number => {
  if (at === undefined) return 1
  const offset = copy.read(file).indexOf(at)
  if (offset < 0) throw new Error(`${file} does not hold ${JSON.stringify(at)}: the variant is written wrong`)
  return copy.read(file).slice(0, offset).split('\n').length
}

/** All variants, told one by one as they end. */
export const selfTest = async (project: string, tell: (result: VariantResult) => void): Promise<boolean> => {
  const waiting = [...VARIANTS]
  let isGood = true
  const work = async (): Promise<void> => {
    for (let variant = waiting.shift(); variant; variant = waiting.shift()) {
      const result = await tryVariant(project, variant)
      isGood &&= result.missing.length === 0
      tell(result)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return isGood
}
