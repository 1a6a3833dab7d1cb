import { daysIn } from '../../../../shared/checks/phrases.ts'
import { DAY_MS } from '../../../../shared/contracts/milliseconds.ts'
import { knownSince, uptimeDays } from '../../../../shared/engine/console/uptime.ts'
import { CELLS, type CheckSummary } from '../../../../shared/engine/console/view-checks.ts'
import { type ChecksWords, checksWords } from '../../../../shared/messages/console/checks.ts'
import { kafkaWords } from '../../../../shared/messages/console/kafka.ts'
import { day } from '../../../../shared/messages/times.ts'
import { words as messageWords } from '../../../../shared/messages/words.ts'
import type { View } from '../../view.ts'
import { Layout, type Notice, Time } from '../layout.tsx'
import { Paging } from '../paging.tsx'
import { Hatching, WindowKey } from './hatch.tsx'
import { HeatStrip } from './heat.tsx'
import { checkPath, percent, shownTarget } from './numbers.ts'

/** Certificates are renewed a month before their end as a rule (certbot: 30 days): by then that has gone wrong. */
const CERTIFICATE_NEAR_MS = 14 * DAY_MS

export interface ListProps {
  view: View
  notice: Notice | undefined
  /** Of all checks: how many have each verdict. */
  counts: Record<CheckSummary['verdict'], number>
  /** Of this page. */
  shown: CheckSummary[]
  /** What was seen of them before is not there yet. */
  isReading: boolean
  /** Titles of projects by their names. */
  projects: Record<string, string>
  page: number
  pages: number
  /** Some checks look at consumer groups. */
  hasGroups: boolean
}

/** Every check, the worst first: how it is, how the last day was from each vantage, and for how long it has been up. */
export function ChecksPage(props: ListProps) {
  const { view, notice, counts, shown, isReading, projects, page, pages, hasGroups } = props
  const { say } = view
  const words = checksWords[view.language]
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <Layout view={view} title={say.pages.checks} notice={notice}>
      <h1>{words.all(all)}</h1>
      {hasGroups && (
        <p>
          <a class="button" href="/checks/kafka">
            {kafkaWords[view.language].title}
          </a>
        </p>
      )}
      {all === 0 ? <p>{words.none}</p> : <p class="quiet">{words.verdicts(counts)}</p>}
      {isReading && <p class="quiet">{words.reading}</p>}
      {shown.some(wasMaintained) && (
        <>
          <Hatching />
          <ul class="legend">
            <WindowKey words={words} />
          </ul>
        </>
      )}
      <div class="cards">
        {shown.map((summary) => (
          <Summary view={view} words={words} summary={summary} project={projects[summary.check.project]} />
        ))}
      </div>
      <Paging view={view} path="/checks" page={page} pages={pages} />
    </Layout>
  )
}

function wasMaintained({ from }: CheckSummary): boolean {
  return from.some(({ cells }) => cells.some((cell) => cell?.maintained !== undefined))
}

function Summary(props: { view: View; words: ChecksWords; summary: CheckSummary; project: string | undefined }) {
  const { view, words, summary, project } = props
  const { check, verdict, since, from } = summary
  const heading = `check-${check.id}`
  return (
    <article class={`card check ${verdict}`} aria-labelledby={heading}>
      <p class="words">
        <VerdictWord view={view} verdict={verdict} />
        {since !== undefined && verdict !== 'up' && (
          <span class="quiet">
            <Since view={view} words={words} at={since} />
          </span>
        )}
      </p>
      <h2 id={heading} dir="auto">
        <a href={checkPath(check.id)}>
          {project ?? check.project} / {check.title}
        </a>
      </h2>
      <p class="target" dir="auto">
        {check.kind} {shownTarget(check.target)}
      </p>
      <ul class="strips heat">
        {from.map((day) => (
          <HeatStrip view={view} words={words} day={day} intervalMs={check.intervalMs} />
        ))}
      </ul>
      <Certificate view={view} words={words} ends={summary.certificateEnds} />
      <Uptime view={view} words={words} of={summary} />
    </article>
  )
}

export function VerdictWord({ view, verdict }: { view: View; verdict: CheckSummary['verdict'] }) {
  const say = messageWords[view.language]
  return <span class={`word verdict-${verdict}`}>{verdict === 'up' ? say.sees.up : say.state[verdict]}</span>
}

export function Since({ view, words, at }: { view: View; words: ChecksWords; at: number }) {
  const [before, after] = words.since('\n').split('\n')
  return (
    <>
      {before}
      <Time view={view} at={at} />
      {after}
    </>
  )
}

/** How long the first of its certificates to end still holds; marked once that is near. */
export function Certificate(props: { view: View; words: ChecksWords; ends: number | undefined }) {
  const { view, words, ends } = props
  if (ends === undefined) return null
  const leftMs = ends - view.now
  const says = leftMs > 0 ? words.certificate : words.certificateOver
  return (
    <p class={leftMs > CERTIFICATE_NEAR_MS ? 'certificate' : 'certificate near'}>
      {leftMs <= CERTIFICATE_NEAR_MS && leftMs > 0 && <span class="word">{words.certificateSoon}</span>}{' '}
      {says(daysIn(view.language, Math.abs(leftMs)), day(ends, view.timezone))}
    </p>
  )
}

/** How available it was, and, where less is known than a stretch is long, of how much of it, and since when. */
export function Uptime(props: {
  view: View
  words: ChecksWords
  of: Pick<CheckSummary, 'uptime' | 'countsMaintenance'>
}) {
  const { view, words } = props
  const { uptime, countsMaintenance } = props.of
  if (uptime.every((one) => one === undefined)) return null
  const since = knownSince(uptime, view.now)
  return (
    <>
      <dl class="uptime" aria-label={words.uptime(countsMaintenance)}>
        {uptimeDays.map((days, index) => {
          const known = uptime[index]
          const [most, unit] = days === 1 ? [CELLS, 'hours' as const] : [days, 'days' as const]
          return (
            <div>
              <dt>{words.days(days)}</dt>
              <dd class={known !== undefined && known.share < 0.99 ? 'saw down' : 'saw'}>{percent(known?.share)}</dd>
              {known !== undefined && known.judged < most && <dd class="quiet">{words.judged(known.judged, unit)}</dd>}
            </div>
          )
        })}
      </dl>
      {since !== undefined && <p class="quiet">{words.judgedSince(day(since, 'UTC'))}</p>}
    </>
  )
}
