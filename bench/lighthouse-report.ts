import { execFile } from 'node:child_process'
import { delimiter, dirname } from 'node:path'
import { promisify } from 'node:util'

/** 193 MB with its siblings, which nobody else needs: npm brings it when it is asked for. */
const PACKAGE = 'lighthouse@13.5.0'

/** Chromium's trace of a load had no beginning (`NO_NAVSTART`), or another hiccup: Lighthouse itself asks for another run then. */
const RUN_AGAIN = 'Please run Lighthouse again'

/** What Lighthouse says of a page. */
export interface Judgement {
  /** Of 100. */
  performance: number
  /** Of 100. */
  accessibility: number
  /** What takes points of accessibility, by Lighthouse's names of its audits. */
  barriers: string[]
  /** When the largest part was there, ms. */
  paintMs: number
  /** Over the line. */
  bytes: number
}

interface Report {
  categories: Record<'performance' | 'accessibility', { score: number; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, { score: number | null; numericValue?: number }>
}

/**
 * Lighthouse's own judgement of a page, of a phone in the middle of the market on slow 4G: its defaults, by which it computes what the
 * phone and its line would take from what a load without them took. Rejects when Lighthouse cannot load the page.
 */
export async function judge(url: string): Promise<Judgement> {
  return judgeOnce(url).catch((error: Error) => {
    if (!error.message.includes(RUN_AGAIN)) throw error
    return judgeOnce(url)
  })
}

async function judgeOnce(url: string): Promise<Judgement> {
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
  const { categories, audits } = JSON.parse(stdout) as Report
  const { performance, accessibility } = categories
  return {
    performance: points(performance.score),
    accessibility: points(accessibility.score),
    barriers: accessibility.auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id]?.score === 0)
      .map(({ id }) => id),
    paintMs: audits['largest-contentful-paint']?.numericValue ?? Number.NaN,
    bytes: audits['total-byte-weight']?.numericValue ?? Number.NaN,
  }
}

/** A score is from 0 to 1; Lighthouse gives none, null, when it could not measure. */
function points(score: number | null): number {
  return score === null ? Number.NaN : Math.round(100 * score)
}
