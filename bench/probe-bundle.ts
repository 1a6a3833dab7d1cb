import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Benchmark, Run } from './benchmark.ts'
import { root } from './harness.ts'
import { bundleFunction } from './lambda.ts'
import { load } from './load-bundle.ts'

/** The probe functions that run http, tcp, tls and dns checks, each with the Node that its cloud has. */
export const packages = [
  { cloud: 'aws', file: 'serverless.yml', fn: 'probe', node: 'node' },
  { cloud: 'tencent', file: 'serverless.tencent.yml', fn: 'uptime', node: 'node18' },
  { cloud: 'aliyun', file: 'serverless.aliyun.yml', fn: 'uptime', node: 'node20' },
]

/** A probe that starts cold reads its main bundle whole; what few checks need is loaded late. */
export const MOST_KB = 47

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
