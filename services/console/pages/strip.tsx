import type { IncidentView } from '../../../shared/engine/console/view-incident.ts'
import { maintainedIn, STRIP_MS } from '../../../shared/engine/console/view-incident.ts'
import { maintenanceWord } from '../../../shared/messages/console/maintenance.ts'
import { vantageName } from '../../../shared/messages/places.ts'
import { latency, timeSeenFrom } from '../../../shared/messages/times.ts'
import { words } from '../../../shared/messages/words.ts'
import type { View } from '../view.ts'
import { Hatched, Hatching } from './checks/hatch.tsx'

type Strips = NonNullable<IncidentView['strips']>

const WIDTH = 600
const HEIGHT = 16

/** The chart below it has its own. */
const HATCH = 'hatch-looks'

/** The looks of an hour, a line for each vantage: whether it still burns, and from where. */
export function StripList({ view, strips: { until, of } }: { view: View; strips: Strips }) {
  const isMaintained = of.some(({ points }) => points.some(({ maintained }) => maintained))
  return (
    <>
      {isMaintained && <Hatching id={HATCH} />}
      <ul class="strips">
        {of.map(({ vantage, points }) => {
          const up = points.filter(({ outcome }) => outcome === 'up').length
          const last = points.at(-1)
          return (
            <li>
              <span class="name">{vantageName(vantage, view.language)}</span>
              {last && (
                <span class={`saw ${last.outcome}`}>
                  {words[view.language].sees[last.outcome]}
                  {last.latencyMs > 0 && ` ${latency(last.latencyMs)}`}
                </span>
              )}
              <svg
                viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
                preserveAspectRatio="none"
                role="img"
                aria-label={view.say.seenFrom(up, points.length)}
              >
                <rect class="nothing" x="0" y="0" width={WIDTH} height={HEIGHT} />
                {points.map((point, index) => (
                  <Look view={view} point={point} next={points[index + 1]?.at ?? until} until={until} />
                ))}
                <Hatched
                  windows={maintainedIn(points, until, LONGEST_MS)}
                  x={(at) => xOf(at, until)}
                  height={HEIGHT}
                  by={HATCH}
                  says={() => maintenanceWord[view.language]}
                />
              </svg>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** A look counts until the next one, and for at most so long. */
const LONGEST_MS = 120_000

function Look(props: { view: View; point: Strips['of'][number]['points'][number]; next: number; until: number }) {
  const { view, point, next, until } = props
  const { at, outcome, latencyMs } = point
  const width = Math.max(2, (WIDTH * Math.min(next - at, LONGEST_MS)) / STRIP_MS)
  const said = [
    timeSeenFrom(view.now, at, view.timezone),
    words[view.language].sees[outcome],
    latencyMs > 0 && latency(latencyMs),
  ]
  return (
    <rect class={outcome} x={xOf(at, until)} y="0" width={round(width)} height={HEIGHT}>
      <title>{said.filter(Boolean).join(' ')}</title>
    </rect>
  )
}

function xOf(at: number, until: number): number {
  return round(WIDTH * (1 - (until - at) / STRIP_MS))
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
