import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { aliyun } from '../../../plugins/aliyun/cloud.ts'
import type { AliyunFunctionDefinition, AliyunProviderDefinition, Api } from '../../../plugins/aliyun/definition.ts'
import { fc2Backend } from '../../../plugins/aliyun/fc2.ts'
import { fc3Backend } from '../../../plugins/aliyun/fc3.ts'
import { writeZip } from '../../../plugins/provider/artifact.ts'
import type { WantedUnit } from '../../../plugins/provider/backend.ts'
import { perform, prepare } from '../../../plugins/provider/deploy.ts'
import { markOf } from '../../../plugins/provider/service.ts'
import { BilingualError } from '../../../shared/contracts/bilingual-error.ts'
import type { FcOptions } from '../../simulators/fc/simulator.ts'
import { startFcSimulator } from '../../simulators/fc/simulator.ts'
import { line } from './line.ts'

const NOW = Date.parse('2026-11-21T08:00:00Z')

const KEYS = { accountId: '1234567890123456', accessKeyId: 'LTAI5tExample', accessKeySecret: 'account-secret' }

const ENV = {
  ALIBABA_CLOUD_ACCOUNT_ID: KEYS.accountId,
  ALIBABA_CLOUD_ACCESS_KEY_ID: KEYS.accessKeyId,
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: KEYS.accessKeySecret,
}

/** A function as the tests write it: code, and what differs from the usual. */
export interface Fn extends Partial<AliyunFunctionDefinition> {
  code?: string
}

export type Fns = Record<string, Fn>

/** An account of Function Compute on this machine, and a deployer of one service with one of the two APIs. */
export async function startAccount(api: Api, options: Partial<FcOptions> = {}) {
  const clock = { now: NOW }
  const toVendor = line()
  const fc = await startFcSimulator({
    ...KEYS,
    region: 'cn-shanghai',
    now: () => clock.now,
    logProjects: { logs: ['probes'] },
    reaches: toVendor.reaches,
    ...options,
  })
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-aliyun-'))
  let isOpen = true
  async function close(): Promise<void> {
    if (!isOpen) return
    isOpen = false
    await fc.close()
    await rm(folder, { recursive: true })
  }
  onTestFinished(close)

  const waits: number[] = []
  const io = {
    wait: async (ms: number) => {
      waits.push(ms)
      clock.now += ms
    },
    random: () => 0.5,
    doing: () => {},
  }

  /** A deployer as a new process has it: nothing is remembered. */
  async function deployer(
    provider: Partial<AliyunProviderDefinition> = {},
    env: Record<string, string> = {},
    stage = 'dev',
  ) {
    const service = {
      name: 'demo',
      stage,
      region: 'cn-shanghai',
      provider: { name: 'aliyun', runtime: 'nodejs20.x', api, ...provider },
    }
    const around = {
      ...io,
      env: { ...ENV, FENGHUO_ALIYUN_URL: fc.url, ...env },
      home: folder,
      now: () => clock.now,
      readText: async () => undefined,
    }
    const backend = await aliyun.connect(service, around, [])

    async function units(fns: Fns): Promise<WantedUnit[]> {
      const found = new Map<string, WantedUnit>()
      for (const [key, { code = `'${key}'`, ...fn }] of Object.entries(fns)) {
        const files = { 'index.js': Buffer.from(`exports.handler = async () => ${code}`) }
        const bytes = writeZip(files)
        const zip = join(folder, `${key}-${Math.abs(bytes.readInt32LE(14))}.zip`)
        await writeFile(zip, bytes)
        const name = `demo-${stage}-${key}`
        const definition = { name, handler: 'index.handler', events: [{ schedule: 'rate(1 minute)' }], ...fn }
        const wanted = aliyun.wanted(service, { key, definition, zip, bytes, files }, (problem) => {
          throw new BilingualError(problem)
        })
        const unit = aliyun.unitOf(service, definition)
        found.set(unit, { name: unit, functions: [...(found.get(unit)?.functions ?? []), wanted] })
      }
      return [...found.values()]
    }

    return {
      backend,
      mark: markOf(service),
      units,
      plan: async (fns: Fns) => prepare(backend, await units(fns), io, { others: true }),
      /** Says what it did. */
      async deploy(fns: Fns): Promise<string[]> {
        const deployment = await prepare(backend, await units(fns), io, { others: true })
        await perform(backend, deployment, io)
        return deployment.steps.map(({ en }) => en)
      },
      async remove(): Promise<void> {
        const names = await backend.list()
        await perform(backend, await prepare(backend, [], io, { others: true }), io)
        for (const name of names) await backend.removeUnit?.(name)
      },
    }
  }

  /** A backend to which what carries `mark` is its own. */
  function backendOf(mark: Record<string, string>) {
    const connection = { region: 'cn-shanghai', credentials: KEYS, movedTo: fc.url, secrets: [] }
    return api === '2.0' ? fc2Backend(connection, mark, io) : fc3Backend(connection, mark, io)
  }

  return {
    fc,
    line: toVendor,
    close,
    backendOf,
    clock,
    waits,
    io,
    deployer,
    /** What was changed since the last time this was asked, in the order of the requests. */
    writes(): string[] {
      const all = fc.calls.splice(0)
      return all
        .filter(({ kind, status }) => kind === 'write' && status !== undefined)
        .map(({ operation }) => operation)
    },
  }
}

/** Which functions ran, at what, with what result, since `from`. */
export function ran({ fc }: Awaited<ReturnType<typeof startAccount>>): string[] {
  const runs = fc.runs.splice(0)
  return runs.map(({ functionName, qualifier, result }) => `${functionName}.${qualifier} ${result.body}`).sort()
}
