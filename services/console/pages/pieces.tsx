import type { NowView } from '../../../shared/engine/console/view-now.ts'
import { standingOf } from '../../../shared/messages/console/standing.ts'
import { factIn, summaryIn, titleIn } from '../../../shared/messages/facts.ts'
import { vantageName } from '../../../shared/messages/places.ts'
import { duration, latency } from '../../../shared/messages/times.ts'
import { words } from '../../../shared/messages/words.ts'
import type { View } from '../view.ts'
import { Countdown, Time } from './layout.tsx'

/** An incident, as pages show it. */
export type Incident = NowView['open'][number]

/** Severity, state and status: always words, each with a colour. */
export function Words({ view, incident }: { view: View; incident: Incident }) {
  const { severity, state, status } = incident
  const say = words[view.language]
  const closed = status === 'resolved' && incident.resolved?.by !== undefined
  return (
    <p class="words">
      <span class={`word ${severity}`}>{say.severity[severity]}</span>{' '}
      {state && <span class="word state">{say.state[state]}</span>}{' '}
      <span class={`word ${status}`}>{closed ? say.closed : say.status[status]}</span>
    </p>
  )
}

/** `支付 / 收银台`. */
export function titleFor(view: View, incident: Incident): string {
  return `${incident.projectTitle} / ${titleIn(view.language, incident)}`
}

/** Since when it goes on, for how long, and how many of its vantages see it. */
export function Since({ view, incident }: { view: View; incident: Incident }) {
  const { openedAt, sightings, state = 'down', resolved } = incident
  const { of, comma } = words[view.language]
  const { since, began } = view.say
  // How long it lasted is told where it is told that it is over.
  const [before, after] = (resolved ? began('\n') : since('\n', lasted(view, incident))).split('\n')
  const those = sightings.filter(({ verdict }) => verdict !== 'up').length
  return (
    <p class="since">
      {before}
      <Time view={view} at={openedAt} />
      {after}
      {sightings.length > 1 && !resolved && comma + of[state](those, sightings.length)}
    </p>
  )
}

/** When it began, and for how long it went on. */
export function When({ view, incident }: { view: View; incident: Incident }) {
  return (
    <>
      <Time view={view} at={incident.openedAt} /> {lasted(view, incident)}
    </>
  )
}

/** For how long it went on, or goes on by now. */
export function lasted(view: View, { openedAt, resolved }: Incident): string {
  return duration((resolved?.at ?? view.now) - openedAt, view.language)
}

/** Who has it or is being called, and who is next in how long. */
export function StandingLine({ view, incident }: { view: View; incident: Incident }) {
  const { text, next } = standingOf(incident, view.now, view.language, view.timezone)
  if (text === '') return null
  const isCalling = incident.status === 'open' && incident.escalation.phase === 'layer'
  return (
    <p class={isCalling ? 'standing calling' : 'standing'}>
      <span dir="auto">{text}</span>
      {next && (
        <span class="next">
          {next.text} <Time view={view} at={next.at} /> <Countdown at={next.at} />
        </span>
      )}
    </p>
  )
}

/** What each vantage sees of it. */
export function Sightings({ view, incident }: { view: View; incident: Incident }) {
  const { sees, comma } = words[view.language]
  if (incident.sightings.length === 0) return null
  return (
    <ul class="sightings">
      {incident.sightings.map(({ vantage, verdict, fault, latencyMs }) => (
        <li>
          <span>{vantageName(vantage, view.language)}</span>
          <span class={`saw ${verdict}`} dir="auto">
            {[
              verdict === 'up' || fault === undefined ? sees[verdict] : factIn(view.language, fault),
              latencyMs === undefined ? '' : latency(latencyMs),
            ]
              .filter(Boolean)
              .join(comma)}
          </span>
        </li>
      ))}
    </ul>
  )
}

/** What its sender says of it, or its check. */
export function summaryFor(view: View, incident: Incident): string {
  return summaryIn(view.language, incident)
}
