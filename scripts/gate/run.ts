// One run of the gate: every check on one project, in the order in which a mistake is cheapest to name.

import { ownChecks } from './checks/index'
import type { Finding } from './finding'
import { openMiniProgram } from './mini-program'
import { compileOfficially } from './official'
import { checkSizes, measureAuth, measurePackages, type Sizes } from './sizes'
import { compileStyles, compileTemplates } from './wcc'

export interface Step {
  name: string
  ms: number
  findings: Finding[]
}

export interface GateReport {
  ok: boolean
  steps: Step[]
  /** Absent when the compiler refused: then there is nothing to weigh. */
  sizes?: Sizes
}

/** Throws GateError when a tool of WeChat's cannot be run; a project it refuses is a report. */
export const runGate = async (folder: string): Promise<GateReport> => {
  const mini = openMiniProgram(folder)
  const steps: Step[] = []
  const step = async (name: string, work: () => Finding[] | Promise<Finding[]>): Promise<void> => {
    const start = performance.now()
    const findings = await work()
    steps.push({ name, ms: Math.round(performance.now() - start), findings })
  }
  let sizes: Sizes | undefined
  await step('our own checks', () => ownChecks(mini))
  await step('wcc: WXML and WXS', () => compileTemplates(mini))
  await step('wcsc: WXSS', () => compileStyles(mini))
  await step('miniprogram-ci: compile and analyse', async () => {
    const compiled = await compileOfficially(mini)
    try {
      if (compiled.sizes) sizes = { packages: measurePackages(mini, compiled.sizes, compiled.folder) }
      return compiled.findings
    } finally {
      compiled.remove()
    }
  })
  if (sizes) {
    const auth = measureAuth(mini)
    const weighed: Sizes = auth === undefined ? sizes : { ...sizes, auth }
    await step('sizes', () => checkSizes(mini, weighed))
    sizes = weighed
  }
  const ok = steps.every(({ findings }) => findings.length === 0)
  return { ok, steps, ...(sizes ? { sizes } : {}) }
}
