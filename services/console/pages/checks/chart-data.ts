import { SECOND_MS } from '../../../../shared/contracts/milliseconds.ts'
import { type CheckView, phaseNames, type Series } from '../../../../shared/engine/console/view-check.ts'
import type { ChecksWords } from '../../../../shared/messages/console/checks.ts'
import type { View } from '../../view.ts'
import { heatOf } from './heat.tsx'

/** The time that charts are of, and what lay over it. */
export type Stretch = Pick<CheckView, 'from' | 'until' | 'barMs'> & {
  /** From when until when maintenance lay over it. */
  windows: [from: number, until: number][]
  incidents: Pick<CheckView['incidents'][number], 'openedAt' | 'resolved'>[]
}

/** What the browser's charts have in common, as attributes of what they stand in: times in seconds, and the words. */
export function chartsData(view: View, words: ChecksWords, seen: Stretch, drawn: Series[], highest: number) {
  const { from, until, barMs, windows, incidents } = seen
  const names = hasPhases(drawn) ? phaseNames : (['whole'] as const)
  // Until the end of the bar: the page is the same until there is another one.
  const end = from + Math.ceil((until - from) / barMs) * barMs
  const charts = {
    ...{ from: inSeconds(from), until: inSeconds(end), barS: inSeconds(barMs) },
    ...{ zone: view.timezone, highest },
    layers: names.map((name) => ({ name: words.phase[name], paint: paints[name] })),
    windows: windows.map((one) => one.map(inSeconds)),
    incidents: incidents.map(({ openedAt, resolved }) => [openedAt, resolved?.at ?? end].map(inSeconds)),
    says: { time: words.time, p95: words.p95 },
  }
  return {
    'data-charts': JSON.stringify(charts),
    'data-script': `/assets/${view.assets.chart}`,
    'data-style': `/assets/${view.assets.chartStyle}`,
  }
}

/** Each bar of a vantage as `[at, heat, p95, …each phase]`, or with its median alone of a kind that has no phases; ms. */
export function seriesData(series: Series): string {
  const { bars, band } = series
  const layered = hasPhases([series])
  return JSON.stringify({
    bars: bars.map((bar) => [
      ...[inSeconds(bar.at), heatOf(bar), bar.p95Ms],
      ...(layered ? phaseNames.map((_, phase) => bar.phases?.[phase]?.medianMs ?? 0) : [bar.medianMs]),
    ]),
    ...(band && { band: [band.medianMs - 2 * band.spreadMs, band.medianMs + 2 * band.spreadMs] }),
  })
}

/** The colour of each layer, by its name in the style. */
const paints: Record<(typeof phaseNames)[number] | 'whole', string> = {
  dns: 'dns',
  connect: 'connect',
  tls: 'tls',
  firstByte: 'first-byte',
  download: 'download',
  whole: 'whole',
}

/** Whether any of these is of a kind whose answers have parts. */
export function hasPhases(series: Series[]): boolean {
  return series.some(({ bars }) => bars.some(({ phases }) => phases !== undefined))
}

function inSeconds(ms: number): number {
  return Math.floor(ms / SECOND_MS)
}
