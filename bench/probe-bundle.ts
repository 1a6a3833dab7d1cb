import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import type { Benchmark, Run } from './benchmark.ts'
import { root } from './harness.ts'
import { bundleFunction } from './lambda.ts'
import { median } from './statistics.ts'

const run = promisify(execFile)

/** The probe functions that run http, tcp, tls and dns checks, each with the Node that its cloud has. */
export const packages = [
  { cloud: 'aws', file: 'serverless.yml', fn: 'probe', node: 'node' },
  { cloud: 'tencent', file: 'serverless.tencent.yml', fn: 'uptime', node: 'node18' },
  { cloud: 'aliyun', file: 'serverless.aliyun.yml', fn: 'uptime', node: 'node20' },
]

/** A probe that starts cold reads its main bundle whole; what few checks need is loaded late. */
export const MOST_KB = 47

/** A process tells a little more or less memory each time. */
const processesPerRun = 5

/** Loads a bundle, and tells what that took and what the process holds. */
const script = `
  const start = performance.now()
  require(process.argv[1])
  const ms = performance.now() - start
  console.log(JSON.stringify({ ms, rss: process.memoryUsage.rss() }))
`

export const probeBundle: Benchmark = {
  name: 'probe-bundle',
  summary:
    'the packaged probe functions for http, tcp, tls and dns checks: size, import time and memory over an empty Node',
  goals: Object.fromEntries(
    packages.flatMap(({ cloud }) => [
      [`${cloud}KB`, MOST_KB],
      [`${cloud}ImportMs`, 20],
      [`${cloud}MiB`, 10],
    ]),
  ),
  async measure(runs, progress) {
    const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'))
    try {
      const bundles = []
      for (const { cloud, file, fn, node } of packages) {
        const bundle = await bundleFunction(root, fn, join(folder, cloud), file)
        bundles.push({ cloud, node: nodeOf(node), bundle })
      }
      const nothing = join(folder, 'nothing.js')
      await writeFile(nothing, '')
      const clientSqs = await bundleClientSqs(folder)
      const measured: Run[] = []
      for (let count = 1; count <= runs; count++) {
        progress(`run ${count} of ${runs}`)
        const figures: Record<string, number> = {}
        for (const { cloud, node, bundle } of bundles) {
          const { size } = await stat(bundle)
          const { importMs, MiB } = await load(node, bundle, nothing)
          figures[`${cloud}KB`] = size / 1000
          figures[`${cloud}ImportMs`] = importMs
          figures[`${cloud}MiB`] = MiB
        }
        const { importMs: clientSqsImportMs } = await load(nodeOf('node'), clientSqs, nothing)
        const awsImportToClientSqs = (figures.awsImportMs ?? Number.NaN) / clientSqsImportMs
        measured.push({ figures: { ...figures, clientSqsImportMs }, ratios: { awsImportToClientSqs } })
      }
      return measured
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

function nodeOf(name: string): string {
  return join(root, 'node_modules', name, 'bin', 'node')
}

/** What a probe would carry if it sent its report by the vendor's SDK. */
async function bundleClientSqs(folder: string): Promise<string> {
  const outfile = join(folder, 'client-sqs.js')
  await build({
    stdin: { contents: "export { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'", resolveDir: root },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    outfile,
    logLevel: 'error',
  })
  return outfile
}

/** Over the same Node that loads an empty file, by turns. */
async function load(node: string, bundle: string, nothing: string): Promise<{ importMs: number; MiB: number }> {
  const [loaded, empty]: [Loaded[], Loaded[]] = [[], []]
  for (let process = 0; process < processesPerRun; process++) {
    empty.push(await inProcess(node, nothing))
    loaded.push(await inProcess(node, bundle))
  }
  const over = (value: (one: Loaded) => number) => median(loaded.map(value)) - median(empty.map(value))
  return { importMs: over(({ ms }) => ms), MiB: over(({ rss }) => rss) / 2 ** 20 }
}

interface Loaded {
  ms: number
  rss: number
}

async function inProcess(node: string, file: string): Promise<Loaded> {
  const { stdout } = await run(node, ['-e', script, file])
  return JSON.parse(stdout)
}
