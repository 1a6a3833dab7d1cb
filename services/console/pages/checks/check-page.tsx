import { silentMs } from '../../../../shared/engine/console/silent-ms.ts'
import {
  type CheckView,
  maintenanceOf,
  phaseNames,
  type Series,
  type Span,
  spans,
} from '../../../../shared/engine/console/view-check.ts'
import type { CheckSummary } from '../../../../shared/engine/console/view-checks.ts'
import { type ChecksWords, checksWords } from '../../../../shared/messages/console/checks.ts'
import { factIn, titleIn } from '../../../../shared/messages/facts.ts'
import { vantageName } from '../../../../shared/messages/places.ts'
import { duration, latency } from '../../../../shared/messages/times.ts'
import { words as messageWords } from '../../../../shared/messages/words.ts'
import type { View } from '../../view.ts'
import { pathOf } from '../actions.tsx'
import { Layout, type Notice } from '../layout.tsx'
import { When } from '../pieces.tsx'
import { Charts, drawnOf } from './charts.tsx'
import { Certificate, Since, Uptime, VerdictWord } from './list-page.tsx'
import { Matrix } from './matrix.tsx'
import { checkPath, shownTarget } from './numbers.ts'

/** Of many vantages those with the least availability are drawn. */
const MOST_CHARTS = 6

/** One check: how it is, how long it took from where, and what happened meanwhile. */
export function CheckPage(props: {
  view: View
  notice: Notice | undefined
  seen: CheckView
  /** Absent: it is still being read. */
  series: Series[] | undefined
  uptime: Pick<CheckSummary, 'uptime' | 'countsMaintenance'>
  project: string | undefined
}) {
  const { view, notice, seen, series, uptime, project } = props
  const { check, verdict, since } = seen
  const words = checksWords[view.language]
  const title = `${project ?? check.project} / ${check.title}`
  return (
    <Layout view={view} title={title} notice={notice}>
      <article class={`whole check ${verdict}`}>
        <header class="card">
          <p class="words">
            <VerdictWord view={view} verdict={verdict} />
            {since !== undefined && (
              <span class="quiet">
                <Since view={view} words={words} at={since} />
              </span>
            )}
          </p>
          <h1 dir="auto">{title}</h1>
          <p class="target" dir="auto">
            {check.kind} {shownTarget(check.target)}
          </p>
          <Certificate view={view} words={words} ends={seen.certificateEnds} />
          <Uptime view={view} words={words} of={uptime} />
          {check.from.length === 0 && <p class="quiet">{words.nobody}</p>}
        </header>
        <Seen view={view} words={words} seen={seen} />
        <Matrix view={view} words={words} seen={seen} />
        {check.from.length > 0 && <Latency view={view} words={words} seen={seen} series={series} />}
        <Incidents view={view} words={words} seen={seen} />
      </article>
    </Layout>
  )
}

function Seen({ view, words, seen }: { view: View; words: ChecksWords; seen: CheckView }) {
  const { sees, comma } = messageWords[view.language]
  if (seen.seen.length === 0) return null
  return (
    <section class="card" aria-labelledby="seen">
      <h2 id="seen">{words.now}</h2>
      <ul class="sightings">
        {seen.seen.map((one) => {
          const { vantage, outcomes, latencyMs, fault } = one
          const outcome = outcomes.at(-1) ?? 'unknown'
          const said = fault === undefined ? sees[outcome] : factIn(view.language, fault)
          const silent = silentMs(one, seen.check, view.now)
          const ago = silent !== undefined && words.silent(duration(silent, view.language))
          return (
            <li>
              <span>{vantageName(vantage, view.language)}</span>
              <span class={`saw ${ago ? 'unknown' : outcome}`} dir="auto">
                {[said, latencyMs > 0 && latency(latencyMs), ago].filter(Boolean).join(comma)}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Latency(props: { view: View; words: ChecksWords; seen: CheckView; series: Series[] | undefined }) {
  const { view, words, seen, series = [] } = props
  const { check, span } = seen
  const drawn = drawnOf(series, MOST_CHARTS)
  return (
    <Charts
      view={view}
      words={words}
      of={{ ...seen, windows: maintenanceOf(series, check) }}
      drawn={drawn}
      title={words.byVantage}
      head={
        <nav class="spans" aria-label={words.span}>
          {(Object.keys(spans) as Span[]).map((one) => (
            <a href={`${checkPath(check.id)}?span=${one}`} aria-current={one === span ? 'true' : undefined}>
              {words.spans[one]}
            </a>
          ))}
        </nav>
      }
    >
      {drawn.length === 0 && <p class="quiet">{props.series === undefined ? words.reading : words.nothing}</p>}
      {series.length > drawn.length && <p class="quiet">{words.more(series.length - drawn.length)}</p>}
      <Phases view={view} words={words} series={drawn} />
    </Charts>
  )
}

/** p50 and p95 of each phase from each vantage. */
function Phases({ view, words, series }: { view: View; words: ChecksWords; series: Series[] }) {
  const known = series.filter(({ phases }) => phases !== undefined)
  if (known.length === 0) return null
  const times = ({ medianMs, p95Ms } = { medianMs: 0, p95Ms: 0 }) =>
    p95Ms === 0 ? '–' : `${latency(medianMs)} / ${latency(p95Ms)}`
  return (
    <section class="scroll" aria-label={words.phases} tabindex={0}>
      <table class="phases">
        <thead>
          <tr>
            <th scope="col">{words.phases} · p50 / p95</th>
            {known.map(({ vantage }) => (
              <th scope="col">{vantageName(vantage, view.language)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {phaseNames.map((name, index) => (
            <tr>
              <th scope="row">
                <i class={`layer ${name}`} /> {words.phase[name]}
              </th>
              {known.map(({ phases, vantage }) => (
                <td data-from={vantageName(vantage, view.language)}>{times(phases?.[index])}</td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{words.phase.whole}</th>
            {known.map(({ usual, vantage }) => (
              <td data-from={vantageName(vantage, view.language)}>{times(usual)}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </section>
  )
}

function Incidents({ view, words, seen: { incidents } }: { view: View; words: ChecksWords; seen: CheckView }) {
  return (
    <section class="card" aria-labelledby="incidents">
      <h2 id="incidents">{words.incidents}</h2>
      {incidents.length === 0 && <p class="quiet">{words.noIncidents}</p>}
      <ul class="list">
        {incidents.map((incident) => (
          <li>
            <a href={pathOf(incident)} dir="auto">
              #{incident.number} {titleIn(view.language, incident)}
            </a>
            <span class="quiet">
              <When view={view} incident={incident} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
