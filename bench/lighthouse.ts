import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Stack, startStack } from '../local/stack.ts'
import { HOUR_MS } from '../shared/contracts/milliseconds.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { root } from './harness.ts'

/** 193 MB with its siblings, which nobody else needs: npm brings it when it is asked for. */
const PACKAGE = 'lighthouse@13.5.0'

const PATIENCE_MS = 30_000

/** What somebody who is called looks at; `ack` is the page behind the link that they are sent. */
type Pages = Record<'now' | 'incident' | 'ack', string>

export const lighthouse: Benchmark = {
  name: 'lighthouse',
  summary: 'what Lighthouse takes off 100 points for the first page, an incident and the ack page on a throttled phone',
  goals: {
    nowLostPoints: 5,
    incidentLostPoints: 5,
    ackLostPoints: 5,
    nowBarrierPoints: 0,
    incidentBarrierPoints: 0,
    ackBarrierPoints: 0,
  },
  async measure(runs, progress) {
    const folder = await mkdtemp(join(tmpdir(), 'fenghuo-lighthouse-'))
    const stack = await startStack({
      root,
      dataDir: folder,
      port: 0,
      config: 'fenghuo.yml',
      oncall: 'oncall.yml',
      env: {},
      now: Date.now,
      timers: { probe: HOUR_MS, watch: HOUR_MS, 'tencent-uptime': HOUR_MS, 'aliyun-uptime': HOUR_MS },
      interactive: false,
    })
    try {
      const pages = await burning(stack)
      const measured: Run[] = []
      for (let run = 1; run <= runs; run++) {
        progress(`run ${run} of ${runs}`)
        measured.push(await measureOnce(pages, progress))
      }
      return measured
    } finally {
      await stack.stop()
      await rm(folder, { recursive: true })
    }
  },
}

/** Breaks what is watched, until a chat has been told with a link by which it is taken. */
async function burning({ addresses, demo, functions, journal }: Stack): Promise<Pages> {
  demo.broken = true
  const isTold = () => journal.messages().flatMap(({ text }) => /http:[^\s(]+\/ack\?[^\s)]+/.exec(text) ?? [])
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await wait(500)) {
    for (const name of Object.keys(addresses.probes)) await functions[name]?.invoke({ all: true })
    const [ack] = isTold()
    if (ack !== undefined) return { now: addresses.console, incident: `${addresses.console}/incidents/1001`, ack }
  }
  throw new Error('nobody was told of what is broken')
}

async function measureOnce(pages: Pages, progress: (what: string) => void): Promise<Run> {
  const figures: Run['figures'] = {}
  for (const [name, url] of Object.entries(pages)) {
    const { categories, audits } = await report(url)
    figures[`${name}LostPoints`] = 100 - 100 * (categories.performance?.score ?? 0)
    figures[`${name}BarrierPoints`] = 100 - 100 * (categories.accessibility?.score ?? 0)
    for (const { id, weight } of categories.accessibility?.auditRefs ?? [])
      if (weight > 0 && audits[id]?.score === 0) progress(`${name}: ${id}`)
    figures[`${name}PaintMs`] = audits['largest-contentful-paint']?.numericValue ?? Number.NaN
    figures[`${name}KB`] = (audits['total-byte-weight']?.numericValue ?? Number.NaN) / 1000
  }
  return { figures, ratios: {} }
}

interface Report {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { score: number | null; numericValue?: number }>
}

/** Lighthouse's own judgement of a page, of a phone in the middle of the market on slow 4G: its defaults. */
async function report(url: string): Promise<Report> {
  const options = ['--quiet', '--output=json', '--only-categories=performance,accessibility']
  const flags = '--chrome-flags=--headless=new --no-sandbox --disable-quic --disable-background-networking'
  const { stdout } = await promisify(execFile)('npx', ['--yes', PACKAGE, url, ...options, flags], {
    // It needs Node 22 or newer: it gets this one.
    env: {
      ...process.env,
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium',
    },
    maxBuffer: 64_000_000,
  })
  return JSON.parse(stdout)
}
