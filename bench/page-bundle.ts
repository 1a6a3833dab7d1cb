import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { Benchmark } from './benchmark.ts'
import { root } from './harness.ts'
import { bundleFunction } from './lambda.ts'

/** As it was before more channels and voice routes came (`ac1a6ab4`), and ten more: those are loaded late. */
const MOST_KB = 1_001.6 + 10

export const pageBundle: Benchmark = {
  name: 'page-bundle',
  summary: 'the packaged page function: what it loads at the start, and what it loads late for one channel',
  goals: { startKB: MOST_KB },
  async measure(runs, progress) {
    progress('bundling')
    const folder = await mkdtemp(join(tmpdir(), 'fenghuo-bench-'))
    try {
      const main = await bundleFunction(root, 'page', folder)
      const files = (await readdir(dirname(main))).filter((file) => file !== basename(main))
      const late = await Promise.all(files.map(async (file) => (await stat(join(dirname(main), file))).size))
      const figures = { startKB: (await stat(main)).size / 1000, largestLateKB: Math.max(...late) / 1000 }
      return Array.from({ length: runs }, () => ({ figures, ratios: {} }))
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}
