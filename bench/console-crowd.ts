import { join } from 'node:path'
import { buildAssets, filesOfAssets } from '../plugins/console/assets.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { get, pageIn, startConsole } from './console-lambda.ts'
import { keepChecks, keepIncidents, watched } from './console-past.ts'
import { type Harness, inHarness, root } from './harness.ts'
import { bundleFunction, type Lambda } from './lambda.ts'
import { median } from './statistics.ts'
import { fenghuoFile, makeTenants, type Tenant } from './tenants.ts'

const OPEN = 10_000
const CHECKS = 5_000
const REGIONS = ['us-east-1', 'us-west-2', 'sa-east-1', 'eu-central-1', 'eu-west-1', 'eu-north-1', 'af-south-1']
const ASIA = ['ap-south-1', 'ap-northeast-1', 'ap-southeast-2']
const EVERYWHERE = [...REGIONS, ...ASIA]
/** Beside them, for a page of one: as many as a team has. */
const FEW_CHECKS = 100
const FEW_REGIONS = ['ap-southeast-1', 'ap-east-1', 'me-south-1']
const TIMES = 9

export const consoleCrowd: Benchmark = {
  name: 'console-crowd',
  summary: `the packaged console with ${OPEN} open incidents, ${CHECKS} checks from ${EVERYWHERE.length} vantages, and a week of one of ${FEW_CHECKS} checks from ${FEW_REGIONS.length}`,
  goals: { nowMs: 300, checkMs: 200, checkReadKB: 2_000, checksMs: 10_000 },
  async measure(runs, progress) {
    const shape = { name: 'tenant', from: 1, layers: 1, projects: 4, channels: ['chat' as const], ackTimeout: '1h' }
    const measured: Run[] = []
    for (let run = 1; run <= runs; run++) {
      progress(`run ${run} of ${runs}`)
      const tenants = makeTenants(1, shape)
      measured.push(await inHarness(tenants, 0, (harness) => measureIn(harness, tenants, progress), { apart: true }))
    }
    return measured
  },
}

async function measureIn(harness: Harness, tenants: Tenant[], progress: (what: string) => void): Promise<Run> {
  const [project = ''] = tenants.flatMap((tenant) => tenant.projects)
  await harness.alert(project, 'first')
  await harness.idle()
  progress('keeping what there was before')
  await keepIncidents(harness, await harness.incident(project, 'first'), OPEN)
  const crowd = watched('crowd', CHECKS, EVERYWHERE)
  const few = watched('few', FEW_CHECKS, FEW_REGIONS)
  await keepChecks(harness, crowd, 24)
  await keepChecks(harness, few, 168)

  progress('asking the console')
  const bundle = await bundleFunction(root, 'console', join(harness.dataDir, 'bundles'))
  const fenghuo = fenghuoFile(tenants, {
    vantages: { ...crowd.vantages, ...few.vantages },
    checks: { ...crowd.checks, ...few.checks },
  })
  const { lambda } = await startConsole(harness, { bundle, assets: filesOfAssets(await buildAssets()), fenghuo })
  try {
    const times = Array.from({ length: TIMES }, (_, time) => time)
    // What is loaded late is not what is measured.
    await asked(lambda, ['/', '/checks/watched/few-99'])
    const now = await asked(
      lambda,
      times.map((time) => `/?page=${time + 1}`),
    )
    // Each is another one: what was read within a minute is not read again.
    const check = await asked(
      lambda,
      times.map((time) => `/checks/watched/few-${time}`),
    )
    const checks = await asked(lambda, ['/checks'])
    return {
      figures: {
        ...{ nowMs: now.ms, nowCpuMs: now.cpuMs, nowReadKB: now.readKB, nowPageKB: now.pageKB },
        ...{ checkMs: check.ms, checkCpuMs: check.cpuMs, checkReadKB: check.readKB, checkPageKB: check.pageKB },
        ...{ checksMs: checks.ms, checksCpuMs: checks.cpuMs, checksReadKB: checks.readKB, checksPageKB: checks.pageKB },
      },
      ratios: {},
    }
  } finally {
    lambda.stop()
  }
}

/** Medians over pages; of what is read the most. */
async function asked(lambda: Lambda, paths: string[]) {
  const answers: { ms: number; cpuMs: number; readBytes: number; bytes: number }[] = []
  for (const path of paths) {
    const { ms, cpuMs, readBytes, answer } = await lambda.invoke(get(path))
    if (path.startsWith('/?') && pageIn(answer).text.split('<article').length !== 51)
      throw new Error('not 50 incidents')
    answers.push({ ms, cpuMs, readBytes, bytes: pageIn(answer).bytes })
  }
  return {
    ms: median(answers.map(({ ms }) => ms)),
    cpuMs: median(answers.map(({ cpuMs }) => cpuMs)),
    readKB: Math.max(...answers.map(({ readBytes }) => readBytes)) / 1000,
    pageKB: median(answers.map(({ bytes }) => bytes)) / 1000,
  }
}
