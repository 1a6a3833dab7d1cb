import { join } from 'node:path'
import { buildAssets, filesOfAssets } from '../plugins/console/assets.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { get, pageIn, startConsole } from './console-lambda.ts'
import { CONSOLE_START_KB, CONSOLE_ZIP_KB, sizesOf } from './console-size.ts'
import { type Harness, inHarness, root } from './harness.ts'
import { bundleFunction } from './lambda.ts'
import { median } from './statistics.ts'
import { fenghuoFile, makeTenants, type Tenant } from './tenants.ts'

const OPEN = 100
const PROJECTS = 4
const WARM = 30
export const consoleFunction: Benchmark = {
  name: 'console',
  summary: `the packaged console: what each request loads, and the first page with ${OPEN} open incidents, cold and warm`,
  goals: { startKB: CONSOLE_START_KB, zipKB: CONSOLE_ZIP_KB, coldMs: 900, warmMs: 80, firstPageKB: 60 },
  async measure(runs, progress) {
    const shape = {
      name: 'tenant',
      from: 1,
      layers: 1,
      projects: PROJECTS,
      channels: ['chat' as const],
      ackTimeout: '1h',
    }
    const measured: Run[] = []
    for (let run = 1; run <= runs; run++) {
      progress(`run ${run} of ${runs}`)
      const tenants = makeTenants(1, shape)
      measured.push(await inHarness(tenants, 0, (harness) => measureIn(harness, tenants), { apart: true }))
    }
    return measured
  },
}

async function measureIn(harness: Harness, tenants: Tenant[]): Promise<Run> {
  const projects = tenants.flatMap((tenant) => tenant.projects)
  for (let index = 0; index < OPEN; index++) await harness.alert(projects[index % PROJECTS] ?? '', `key-${index}`)
  await harness.idle()

  const bundle = await bundleFunction(root, 'console', join(harness.dataDir, 'bundles'))
  const assets = filesOfAssets(await buildAssets())
  const { lambda } = await startConsole(harness, { bundle, assets, fenghuo: fenghuoFile(tenants) })
  try {
    const cold = await lambda.invoke(get('/'))
    const page = pageIn(cold.answer)
    const warm: number[] = []
    for (let time = 0; time < WARM; time++) warm.push((await lambda.invoke(get('/'))).ms)
    const loaded = [...page.text.matchAll(/\/assets\/[\w.-]+/g)].map(([path]) => path)
    const parts = await Promise.all(
      [...new Set(loaded)].map(async (path) => pageIn((await lambda.invoke(get(path))).answer)),
    )
    return {
      figures: {
        ...(await sizesOf(bundle, assets)),
        coldMs: cold.ms,
        warmMs: median(warm),
        firstPageKB: [page, ...parts].reduce((sum, { bytes }) => sum + bytes, 0) / 1000,
      },
      ratios: {},
    }
  } finally {
    lambda.stop()
  }
}
