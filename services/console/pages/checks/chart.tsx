import { type Bar, phaseNames, type Series } from '../../../../shared/engine/console/view-check.ts'
import type { ChecksWords } from '../../../../shared/messages/console/checks.ts'
import { vantageName } from '../../../../shared/messages/places.ts'
import { latency, timeSeenFrom } from '../../../../shared/messages/times.ts'
import type { View } from '../../view.ts'
import { type Stretch, seriesData } from './chart-data.ts'
import { Hatched } from './hatch.tsx'
import { heatOf } from './heat.tsx'
import { percent } from './numbers.ts'

const WIDTH = 720
const HEIGHT = 120
/** At the bottom, how many runs found it up; above it, how long they took. */
const STRIP = 8
const ROOM = HEIGHT - STRIP - 4

interface ChartProps {
  view: View
  words: ChecksWords
  of: Stretch
  series: Series
  /** The top of the scale, ms: the same for all vantages, so that they can be compared. */
  highest: number
}

/** How long answers took from one vantage, part by part, with what is usual, and what lay over that time. */
export function LatencyChart({ view, words, of, series, highest }: ChartProps) {
  const { bars, usual, share, vantage } = series
  const said = [words.share(percent(share)), usual && words.usual(latency(usual.medianMs), latency(usual.p95Ms))]
  return (
    <figure class="chart" data-series={seriesData(series)}>
      <figcaption>
        <span class="name">{vantageName(vantage, view.language)}</span>{' '}
        <span class="quiet">{said.filter(Boolean).join(' · ')}</span>
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${vantageName(vantage, view.language)}: ${said.filter(Boolean).join(', ')}`}
      >
        <Background of={of} series={series} highest={highest} />
        <Layers of={of} bars={bars} highest={highest} />
        <rect class="nothing" x="0" y={HEIGHT - STRIP} width={WIDTH} height={STRIP} />
        <Hatched windows={of.windows} x={(at) => xOf(of, at)} height={HEIGHT - STRIP} />
        {bars.map((bar) => (
          <Moment view={view} words={words} of={of} bar={bar} />
        ))}
      </svg>
    </figure>
  )
}

function Background({ of, series: { band }, highest }: Pick<ChartProps, 'of' | 'series' | 'highest'>) {
  const { incidents, until } = of
  const top = band && yOf(band.medianMs + 2 * band.spreadMs, highest)
  const bottom = band && yOf(Math.max(0, band.medianMs - 2 * band.spreadMs), highest)
  return (
    <>
      {incidents.map(({ openedAt, resolved }) => {
        const x = xOf(of, openedAt)
        return (
          <rect class="trouble" x={x} y="0" width={Math.max(2, xOf(of, resolved?.at ?? until) - x)} height={HEIGHT} />
        )
      })}
      {top !== undefined && bottom !== undefined && (
        <rect class="band" x="0" y={top} width={WIDTH} height={round(bottom - top)} />
      )}
    </>
  )
}

/** The phases on each other; for a kind that has none, the whole. Above them the line of the slowest. */
function Layers({ of, bars, highest }: Pick<ChartProps, 'of' | 'highest'> & { bars: Bar[] }) {
  const hasPhases = bars.some(({ phases }) => phases !== undefined)
  const heights = (upTo: number) =>
    bars.map((bar) => ({
      at: bar.at,
      ms: hasPhases ? (bar.phases ?? []).slice(0, upTo).reduce((sum, { medianMs }) => sum + medianMs, 0) : bar.medianMs,
    }))
  const layers = hasPhases
    ? phaseNames.map((name, index) => ({ name, of: heights(index + 1) }))
    : [{ name: 'whole', of: heights(0) }]
  return (
    <>
      {layers.toReversed().map((layer) => (
        <path class={`layer ${layer.name}`} d={area(of, layer.of, highest)} />
      ))}
      <path class="p95" d={line(of, bars, highest)} />
    </>
  )
}

/** What is said of a bar when it is pointed at, and its share of the strip. */
function Moment({ view, words, of, bar }: { view: View; words: ChecksWords; of: Stretch; bar: Bar }) {
  const x = xOf(of, bar.at)
  const width = round(Math.max(1, xOf(of, bar.at + of.barMs) - x))
  const share = bar.knownMs === 0 ? undefined : bar.upMs / bar.knownMs
  const time = timeSeenFrom(view.now, bar.at, view.timezone)
  const usual = bar.medianMs > 0 ? ` · ${words.usual(latency(bar.medianMs), latency(bar.p95Ms))}` : ''
  return (
    <g>
      <title>{words.hour(time, percent(share), bar.runs) + usual}</title>
      <rect class={heatOf(bar)} x={x} y={HEIGHT - STRIP} width={width} height={STRIP} />
      <rect class="touch" x={x} y="0" width={width} height={HEIGHT} />
    </g>
  )
}

/** Steps from bar to bar; a time without any is a gap. */
function area(of: Stretch, steps: { at: number; ms: number }[], highest: number): string {
  return steps
    .filter(({ ms }) => ms > 0)
    .map(({ at, ms }) => `M${xOf(of, at)} ${ROOM}V${yOf(ms, highest)}H${xOf(of, at + of.barMs)}V${ROOM}Z`)
    .join('')
}

function line(of: Stretch, bars: Bar[], highest: number): string {
  return bars
    .filter(({ p95Ms }) => p95Ms > 0)
    .map(({ at, p95Ms }, index, all) => {
      const follows = all[index - 1]?.at === at - of.barMs
      return `${follows ? 'L' : 'M'}${xOf(of, at)} ${yOf(p95Ms, highest)}H${xOf(of, at + of.barMs)}`
    })
    .join('')
}

function xOf({ from, until }: Pick<Stretch, 'from' | 'until'>, at: number): number {
  return round(Math.max(0, Math.min(WIDTH, ((at - from) / (until - from)) * WIDTH)))
}

function yOf(ms: number, highest: number): number {
  return round(ROOM - Math.min(1, ms / highest) * ROOM)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
