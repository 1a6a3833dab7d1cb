import type { Benchmark, Run } from './benchmark.ts'
import { type Pages, startBurning } from './burning.ts'
import { judge } from './lighthouse-report.ts'

/** So many of 100 may be lost. */
const LOST_POINTS = 5

const names: (keyof Pages)[] = ['now', 'incident', 'check', 'oncall', 'status', 'ack']

export const lighthouse: Benchmark = {
  name: 'lighthouse',
  summary:
    'what Lighthouse takes off 100 points, on a throttled phone, for the pages of somebody who is called, and of outsiders',
  goals: Object.fromEntries(
    names.flatMap((name) => [
      [`${name}LostPoints`, LOST_POINTS],
      [`${name}BarrierPoints`, 0],
    ]),
  ),
  async measure(runs, progress) {
    const { pages, stop } = await startBurning()
    try {
      const measured: Run[] = []
      for (let run = 1; run <= runs; run++) {
        progress(`run ${run} of ${runs}`)
        measured.push(await measureOnce(pages, progress))
      }
      return measured
    } finally {
      await stop()
    }
  },
}

async function measureOnce(pages: Pages, progress: (what: string) => void): Promise<Run> {
  const figures: Run['figures'] = {}
  for (const name of names) {
    const { performance, accessibility, barriers, paintMs, bytes } = await judge(pages[name])
    for (const barrier of barriers) progress(`${name}: ${barrier}`)
    figures[`${name}LostPoints`] = 100 - performance
    figures[`${name}BarrierPoints`] = 100 - accessibility
    figures[`${name}PaintMs`] = paintMs
    figures[`${name}KB`] = bytes / 1000
  }
  return { figures, ratios: {} }
}
