import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { writeZip } from '../plugins/provider/artifact.ts'
import type { WantedUnit } from '../plugins/provider/backend.ts'
import { perform, prepare } from '../plugins/provider/deploy.ts'
import type { Service, Surroundings } from '../plugins/provider/service.ts'
import { tencent } from '../plugins/tencent/cloud.ts'
import type { TencentProviderDefinition } from '../plugins/tencent/definition.ts'
import { BilingualError } from '../shared/contracts/bilingual-error.ts'
import type { Bilingual } from '../shared/contracts/words.ts'
import { type ScfSimulator, startScfSimulator } from '../test/simulators/scf/scf.ts'
import type { Benchmark, Run } from './benchmark.ts'

/** How long each call takes, and each change until it is through, in ms. */
const callMs = 200
const changeMs = 1000

const many = 20
const keys = { secretId: 'AKIDbench', secretKey: 'bench' }

const service: Service<TencentProviderDefinition> = {
  name: 'bench',
  stage: 'test',
  region: 'ap-guangzhou',
  provider: { name: 'tencent', runtime: 'nodejs18.x' },
}

/** The vendor's limit of 20 calls a second for an action holds: what is too fast is refused and repeated. */
export const deploy: Benchmark = {
  name: 'deploy',
  summary: `${many} new functions on a simulated SCF at ${callMs} ms a call, against one of them alone`,
  goals: { toOne: 1.5, unchangedWrites: 0 },
  async measure(runs, progress) {
    const measured: Run[] = []
    for (let run = 1; run <= runs; run++) {
      progress(`run ${run} of ${runs}`)
      const one = await timed(1)
      const all = await timed(many)
      measured.push({
        figures: {
          oneMs: one.ms,
          allMs: all.ms,
          unchangedMs: all.unchangedMs,
          unchangedWrites: all.unchangedWrites,
          refusedCalls: all.refused,
        },
        ratios: { toOne: all.ms / one.ms },
      })
    }
    return measured
  },
}

/** Deploys so many functions into an empty account, and then the first three of them again, unchanged. */
async function timed(count: number) {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'))
  const scf = await startScfSimulator({
    ...keys,
    now: Date.now,
    latencyMs: callMs,
    transitionMs: changeMs,
  })
  try {
    const units = await Promise.all(Array.from({ length: count }, (_, index) => unitOf(folder, `probe-${index}x`)))
    const ms = await deployed(scf, folder, units)
    const refused = scf.calls.filter(({ code }) => code === 'RequestLimitExceeded').length
    const before = scf.calls.length
    const unchangedMs = await deployed(scf, folder, units.slice(0, 3))
    const writes = scf.calls.slice(before).filter(({ kind }) => kind === 'write')
    return { ms, refused, unchangedMs, unchangedWrites: writes.length }
  } finally {
    await scf.close()
    await rm(folder, { recursive: true })
  }
}

/** In milliseconds. Other functions are left alone. */
async function deployed(scf: ScfSimulator, home: string, units: WantedUnit[]): Promise<number> {
  const around: Surroundings = {
    env: {
      TENCENTCLOUD_SECRET_ID: keys.secretId,
      TENCENTCLOUD_SECRET_KEY: keys.secretKey,
      FENGHUO_TENCENT_URL: scf.url,
    },
    home,
    now: Date.now,
    readText: async () => undefined,
    wait: async (ms) => wait(ms),
    random: Math.random,
  }
  const io = { ...around, doing: () => {} }
  const start = performance.now()
  const backend = await tencent.connect(service, around, [])
  await perform(backend, await prepare(backend, units, io, { others: false }), io)
  return performance.now() - start
}

async function unitOf(folder: string, key: string): Promise<WantedUnit> {
  const zip = join(folder, `${key}.zip`)
  const files = tencent.pack({ 'probe.js': Buffer.from('exports.handler = async () => 1') }, 'probe.handler')
  const bytes = writeZip(files)
  await writeFile(zip, bytes)
  const definition = { name: `bench-${key}`, handler: 'probe.handler', events: [{ schedule: 'rate(1 minute)' }] }
  const refused = (words: Bilingual) => {
    throw new BilingualError(words)
  }
  return {
    name: definition.name,
    functions: [tencent.wanted(service, { key, definition, zip, bytes, files }, refused)],
  }
}
