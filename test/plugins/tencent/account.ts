import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { readZip, writeZip } from '../../../plugins/provider/artifact.ts'
import type { Backend, WantedUnit } from '../../../plugins/provider/backend.ts'
import { perform, prepare } from '../../../plugins/provider/deploy.ts'
import { explained } from '../../../plugins/provider/errors.ts'
import type { Execution } from '../../../plugins/provider/execute.ts'
import type { PackagedFunction, Service, Surroundings } from '../../../plugins/provider/service.ts'
import { tencent } from '../../../plugins/tencent/cloud.ts'
import type { TencentFunctionDefinition, TencentProviderDefinition } from '../../../plugins/tencent/definition.ts'
import { BilingualError } from '../../../shared/contracts/bilingual-error.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'
import { type ScfOptions, type ScfSimulator, startScfSimulator } from '../../simulators/scf/scf.ts'
import { versionOf } from '../../simulators/scf/state.ts'

const KEYS = { secretId: 'AKIDexample', secretKey: 'not-a-real-secret-key' }

export const service: Service<TencentProviderDefinition> = {
  name: 'probes',
  stage: 'test',
  region: 'ap-guangzhou',
  provider: { name: 'tencent', runtime: 'nodejs18.x' },
}

/** A Tencent account that is simulated, and a machine that deploys to it; waiting moves the account's clock. */
export interface Account {
  scf: ScfSimulator
  backend: Backend
  io: Execution
  now(): number
  env: Surroundings['env']
  around: Surroundings
  /** A function as the framework would hand it over, with `code` as its handler's module. */
  unit(key: string, code: string, definition?: Partial<TencentFunctionDefinition>): Promise<WantedUnit>
  /** The same before it is read. */
  packaged(
    key: string,
    code: string,
    definition?: Partial<TencentFunctionDefinition>,
  ): Promise<PackagedFunction<TencentFunctionDefinition>>
  /** Deploys and returns the steps that were planned. */
  deploy(units: WantedUnit[], options?: { others: boolean }): Promise<string[]>
  /** The write calls since the last time this was asked for. */
  writes(): string[]
}

export async function startAccount(options: Partial<ScfOptions> = {}): Promise<Account> {
  let now = Date.UTC(2026, 10, 21, 8)
  const scf = await startScfSimulator({ ...KEYS, now: () => now, perSecond: 1000, ...options })
  const folder = await mkdtemp(join(tmpdir(), 'tencent-'))
  onTestFinished(async () => {
    await scf.close()
    await rm(folder, { recursive: true })
  })
  const env = {
    TENCENTCLOUD_SECRET_ID: KEYS.secretId,
    TENCENTCLOUD_SECRET_KEY: KEYS.secretKey,
    FENGHUO_TENCENT_URL: scf.url,
  }
  const around: Surroundings = {
    env,
    home: folder,
    now: () => now,
    readText: async () => undefined,
    random: () => 0.5,
    wait: async (ms) => {
      now += ms
    },
  }
  const backend = await tencent.connect(service, around, [])
  const io: Execution = { ...around, doing: () => {} }
  let seen = 0

  const account: Account = {
    scf,
    backend,
    io,
    now: () => now,
    env,
    around,
    packaged: async (key, code, definition = {}) => {
      const zip = join(folder, `${key}-${createHash('sha256').update(code).digest('hex')}.zip`)
      const files = tencent.pack({ 'src/probe.js': Buffer.from(code) }, 'src/probe.handler')
      const bytes = writeZip(files)
      await writeFile(zip, bytes)
      const all = { name: `probes-test-${key}`, handler: 'src/probe.handler', events: [], ...definition }
      return { key, definition: all, zip, bytes, files }
    },
    unit: async (key, code, definition) => {
      const problem = (words: Bilingual) => {
        throw new BilingualError(words)
      }
      const one = await account.packaged(key, code, definition)
      return { name: one.definition.name, functions: [tencent.wanted(service, one, problem)] }
    },
    deploy: async (units, choice = { others: true }) => {
      const deployment = await prepare(account.backend, units, io, choice)
      await perform(account.backend, deployment, io)
      return deployment.steps.map(({ en }) => en)
    },
    writes: () => {
      const writes = scf.calls.slice(seen).filter(({ kind, code }) => kind === 'write' && code === undefined)
      seen = scf.calls.length
      return writes.map(({ action }) => action)
    },
  }
  return account
}

/** The module that the alias of a function of `service` has run for every call, without running it. */
export function liveCode({ scf }: Account, functionName: string): string {
  const found = scf.cloud.regions.get(service.region)?.get(`default/${functionName}`)
  const alias = found?.aliases.get('live')
  const version = found && alias && versionOf(found, alias.version)
  if (!version || alias.routing.AdditionalVersionWeights.length > 0 || alias.routing.AddtionVersionMatchs.length > 0) {
    throw new Error(`${functionName} has no single version that is live`)
  }
  return Buffer.from(readZip(version.content.zip)['src/probe.js'] ?? []).toString()
}

/** What a person would read of a deployment that failed. */
export async function failure(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing failed',
    (error: unknown) => explained(error).en,
  )
}
