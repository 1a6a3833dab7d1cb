import { HOUR_MS } from '../../../../shared/contracts/milliseconds.ts'
import { shareOf } from '../../../../shared/engine/console/uptime.ts'
import { maintenanceOf } from '../../../../shared/engine/console/view-check.ts'
import { CELLS, cellStarts, type VantageDay } from '../../../../shared/engine/console/view-checks.ts'
import type { ChecksWords } from '../../../../shared/messages/console/checks.ts'
import { vantageName } from '../../../../shared/messages/places.ts'
import { latency, timeSeenFrom } from '../../../../shared/messages/times.ts'
import type { View } from '../../view.ts'
import { Hatched } from './hatch.tsx'
import { percent } from './numbers.ts'

const WIDTH = 240
const HEIGHT = 14
const CELL = WIDTH / CELLS

type HourOfCheck = NonNullable<VantageDay['cells'][number]>

type Heat = 'up' | 'degraded' | 'some' | 'down' | 'unknown'

/** 24 hours from one vantage, a cell for each: the name, how long answers take, and the strip. */
export function HeatStrip(props: { view: View; words: ChecksWords; day: VantageDay; intervalMs: number }) {
  const { view, words, day, intervalMs } = props
  const { cells, usual, vantage } = day
  const known = cells.filter((cell) => cell !== undefined)
  const windows = maintenanceOf([{ bars: known }], { intervalMs })
  const [first = 0] = cellStarts(view.now)
  const up = known.filter((cell) => heatOf(cell) === 'up').length
  return (
    <li>
      <span class="name">{vantageName(vantage, view.language)}</span>
      <span class="quiet">{usual && words.usual(latency(usual.medianMs), latency(usual.p95Ms))}</span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words.hours(up, known.length)}
      >
        <rect class="nothing" x="0" y="0" width={WIDTH} height={HEIGHT} />
        {runsOf(cells).map(({ heat, first, count }) => (
          <rect class={heat} x={first * CELL} y="0" width={count * CELL - 0.6} height={HEIGHT}>
            {heat !== 'up' && <title>{hourText(view, words, cells[first], cellStarts(view.now)[first] ?? 0)}</title>}
          </rect>
        ))}
        <Hatched
          windows={windows}
          x={(at) => Math.max(0, Math.round(((at - first) / HOUR_MS) * CELL * 10) / 10)}
          height={HEIGHT}
          says={(...times) =>
            `${words.window} ${times.map((at) => timeSeenFrom(view.now, at, view.timezone)).join(' – ')}`
          }
        />
      </svg>
    </li>
  )
}

/** What an hour is painted as: an hour in which a few runs failed is none in which all did. */
export function heatOf(hour: Pick<HourOfCheck, 'runs' | 'up' | 'down' | 'medianMs'>): Heat {
  const { runs, up, down, medianMs } = hour
  if (down * 2 >= runs) return 'down'
  if (down > 0) return 'some'
  if (up === runs) return 'up'
  return medianMs > 0 ? 'degraded' : 'unknown'
}

/** Hours of trouble stand each for itself; those that were fine, and those without, are one. */
function runsOf(cells: VantageDay['cells']): { heat: Heat; first: number; count: number }[] {
  const runs: { heat: Heat; first: number; count: number }[] = []
  for (const [first, cell] of cells.entries()) {
    if (cell === undefined) continue
    const heat = heatOf(cell)
    const last = runs.at(-1)
    if (heat === 'up' && last?.heat === 'up' && last.first + last.count === first) last.count++
    else runs.push({ heat, first, count: 1 })
  }
  return runs
}

/** `03:00: 96.66%, 60 runs`. */
function hourText(view: View, words: ChecksWords, hour: HourOfCheck | undefined, at: number): string {
  if (hour === undefined) return ''
  return words.hour(timeSeenFrom(view.now, at, view.timezone), percent(shareOf([hour])), hour.runs)
}
