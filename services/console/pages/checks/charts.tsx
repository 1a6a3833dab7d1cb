import type { Child } from 'hono/jsx'
import type { Series } from '../../../../shared/engine/console/view-check.ts'
import type { ChecksWords } from '../../../../shared/messages/console/checks.ts'
import { latency } from '../../../../shared/messages/times.ts'
import type { View } from '../../view.ts'
import { LatencyChart } from './chart.tsx'
import { chartsData, type Stretch } from './chart-data.ts'
import { Hatching, WindowKey } from './hatch.tsx'

/** What a pointer does by a drag and a double-click, in the order of the buttons that do it. */
const looks = ['closer', 'earlier', 'later', 'whole'] as const

interface ChartsProps {
  view: View
  words: ChecksWords
  of: Stretch
  drawn: Series[]
  title: string
  head?: Child
  children?: Child
}

/** Of many vantages those with the least availability. */
export function drawnOf(series: Series[], most: number): Series[] {
  const worstFirst = series.toSorted((one, other) => (one.share ?? 1) - (other.share ?? 1))
  return series.length <= most ? series : worstFirst.slice(0, most)
}

/** A chart for each vantage, all of one time and by one scale, with what their colours mean. */
export function Charts({ view, words, of, drawn, title, head, children }: ChartsProps) {
  const highest = Math.max(1, ...drawn.flatMap(({ bars }) => bars.map(({ p95Ms }) => p95Ms)))
  return (
    <section
      class="card"
      aria-labelledby="latency"
      {...(drawn.length > 0 && chartsData(view, words, of, drawn, highest))}
    >
      {of.windows.length > 0 && <Hatching />}
      <h2 id="latency">{title}</h2>
      {head}
      {drawn.length > 0 && (
        <p class="zoom quiet" hidden data-own="">
          {words.zoom}{' '}
          {looks.map((look) => (
            <button type="button" data-look={look} hidden data-own="">
              {words.looks[look]}
            </button>
          ))}{' '}
          <output data-keep="" />
        </p>
      )}
      {drawn.map((one) => (
        <LatencyChart view={view} words={words} of={of} series={one} highest={highest} />
      ))}
      {drawn.length > 0 && <Legend words={words} of={of} series={drawn} highest={highest} />}
      {children}
    </section>
  )
}

function Legend(props: { words: ChecksWords; of: Stretch; series: Series[]; highest: number }) {
  const { words, of, series, highest } = props
  const { incidents, windows } = of
  return (
    <ul class="legend">
      <li>{words.scale(latency(highest))}</li>
      <li>
        <i class="p95" /> {words.p95}
      </li>
      {series.some(({ band }) => band !== undefined) && (
        <li>
          <i class="band" /> {words.band}
        </li>
      )}
      {incidents.length > 0 && (
        <li>
          <i class="trouble" /> {words.trouble}
        </li>
      )}
      {windows.length > 0 && <WindowKey words={words} />}
    </ul>
  )
}
