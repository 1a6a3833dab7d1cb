import type { Child } from 'hono/jsx'
import type { Change } from '../../../shared/contracts/change.ts'
import { NOTE_CHARACTERS } from '../../../shared/engine/console/action.ts'
import type { IncidentView } from '../../../shared/engine/console/view-incident.ts'
import { changeText } from '../../../shared/messages/changes.ts'
import { cutCharacters, SUMMARY_CHARACTERS } from '../../../shared/messages/cut.ts'
import type { VendorWords } from '../../../shared/messages/failure.ts'
import { sourceText } from '../../../shared/messages/source-text.ts'
import { timelineText, timelineTime } from '../../../shared/messages/timeline.ts'
import { words } from '../../../shared/messages/words.ts'
import type { View } from '../view.ts'
import { Acknowledge, Hidden, OtherActions, type People, pathOf } from './actions.tsx'
import { checkPath } from './checks/numbers.ts'
import { FurtherActions } from './further.tsx'
import { Layout, type Notice, Time } from './layout.tsx'
import { type Incident, lasted, Sightings, Since, StandingLine, summaryFor, titleFor, Words } from './pieces.tsx'
import { StripList } from './strip.tsx'
import { Together } from './together.tsx'

/** What a sender says of its alert may be a megabyte. */
const DETAILS_CHARACTERS = 8_000

export interface IncidentProps {
  view: View
  seen: IncidentView
  people: People
  /** By which the timeline says what vendors answered. */
  vendors: VendorWords
  notice?: Notice | undefined
  /** How long answers of its check took around it. */
  chart?: Child
  /** What somebody wrote that was not taken. */
  note?: string
  /** Somebody wanted to close it though it burns: closing is offered once more. */
  force?: boolean
  /** Outsiders may be told of it. */
  tells?: boolean
}

/** Makes the page of an incident with all that stands on it, and what is said of what somebody did. */
export type ShownIncident = (
  view: View,
  seen: IncidentView,
  besides: Pick<IncidentProps, 'notice' | 'note' | 'force'>,
) => Promise<string>

/** One incident, for the thumb of whoever was woken by it. */
export function IncidentPage({ view, seen, people, vendors, notice, chart, note, force, tells }: IncidentProps) {
  const { incident, timeline, strips, together } = seen
  const { say } = view
  const summary = summaryFor(view, incident)
  return (
    <Layout view={view} title={`#${incident.number} ${titleFor(view, incident)}`} notice={notice} asks={force}>
      <article class={`incident whole ${incident.severity} ${incident.status}`}>
        <header class="card">
          <Words view={view} incident={incident} />
          <h1 dir="auto">
            {titleFor(view, incident)} <span class="number">#{incident.number}</span>
          </h1>
          <Since view={view} incident={incident} />
          {summary && summary !== incident.title && <Summary text={summary} />}
          <StandingLine view={view} incident={incident} />
          <Sightings view={view} incident={incident} />
        </header>
        {force && <Force view={view} incident={incident} />}
        {strips && (
          <section class="card" aria-labelledby="burning">
            <h2 id="burning">{say.burning}</h2>
            <StripList view={view} strips={strips} />
            {incident.component !== undefined && (
              <p>
                <a href={checkPath(incident.component)}>{say.history}</a>
              </p>
            )}
          </section>
        )}
        <Changes view={view} incident={incident} changes={seen.changes ?? []} />
        <Help view={view} incident={incident} />
        {together.length > 0 && <Together view={view} incident={incident} together={together} />}
        {chart}
        <Timeline view={view} incident={incident} timeline={timeline} vendors={vendors} />
        <Note view={view} incident={incident} note={note ?? ''} />
        {tells && (
          <p>
            <a href={`${pathOf(incident)}/outsiders`}>{say.outsiders}</a>
          </p>
        )}
        <Past view={view} past={seen.past} />
        <Facts view={view} seen={seen} />
        <Answer view={view} incident={incident} people={people} />
      </article>
    </Layout>
  )
}

/** A long one is folded: who is being called stands below it. */
function Summary({ text }: { text: string }) {
  const short = cutCharacters(text, SUMMARY_CHARACTERS)
  if (short === text)
    return (
      <p class="summary" dir="auto">
        {text}
      </p>
    )
  return (
    <details class="summary" id="summary">
      <summary dir="auto">{short}</summary>
      <p dir="auto">{text}</p>
    </details>
  )
}

function Answer({ view, incident, people }: { view: View; incident: Incident; people: People }) {
  if (incident.status === 'resolved' || !view.mayAct(incident.project)) return null
  const back = pathOf(incident)
  return (
    <div class="answer">
      <Acknowledge view={view} incident={incident} people={people} back={back} />
      <OtherActions view={view} incident={incident} people={people} back={back}>
        <FurtherActions view={view} incident={incident} people={people} />
      </OtherActions>
    </div>
  )
}

function Force({ view, incident }: { view: View; incident: Incident }) {
  return (
    <form method="post" action={pathOf(incident)} class="card force">
      <Hidden view={view} incident={incident} back={pathOf(incident)} />
      <button type="submit" name="do" value="resolve-anyway">
        {view.say.resolveAnyway}
      </button>
    </form>
  )
}

/** What was changed just before it began may be its cause. */
function Changes({ view, incident, changes }: { view: View; incident: Incident; changes: Change[] }) {
  if (changes.length === 0) return null
  return (
    <section class="card" aria-labelledby="changes">
      <h2 id="changes">{view.say.changes}</h2>
      <ul class="timeline">
        {changes.map(({ at, summary, source, links }) => (
          <li>
            <time datetime={new Date(at).toISOString()}>{timelineTime(incident.openedAt, at, view.timezone)}</time>
            <span dir="auto">
              {changeText({ summary, source }, incident.openedAt - at, view.language)}
              {links.map(({ href, text }) => (
                <>
                  {' '}
                  <a href={href} rel="noreferrer noopener">
                    {text ?? href}
                  </a>
                </>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Help({ view, incident }: { view: View; incident: Incident }) {
  const { say } = view
  const { runbook, links } = incident
  const all = [...(runbook === undefined ? [] : [{ href: runbook, text: say.runbook }]), ...links]
  const safe = all.filter(({ href }) => /^https?:\/\//.test(href))
  if (safe.length === 0) return null
  return (
    <p class="help">
      {safe.map(({ href, text }) => (
        <a class="button" href={href} rel="noreferrer noopener" dir="auto">
          {text ?? href}
        </a>
      ))}
    </p>
  )
}

function Timeline(props: TimelineProps) {
  return (
    <section class="card" aria-labelledby="timeline">
      <h2 id="timeline">{props.view.say.timeline}</h2>
      <TimelineList {...props} />
      <a href={`${pathOf(props.incident)}/why`}>{props.view.say.why}</a>
    </section>
  )
}

interface TimelineProps {
  view: View
  incident: Incident
  timeline: IncidentView['timeline']
  vendors: VendorWords
}

/** What has happened to an incident, and why. */
export function TimelineList({ view, incident, timeline, vendors }: TimelineProps) {
  const { language, timezone } = view
  return (
    <ol class="timeline">
      {timeline.map((entry) => (
        <li class={entry.kind}>
          <time datetime={new Date(entry.at).toISOString()}>{timelineTime(incident.openedAt, entry.at, timezone)}</time>
          <span dir="auto">{timelineText(entry, language, timezone, vendors)}</span>
        </li>
      ))}
    </ol>
  )
}

function Note({ view, incident, note }: { view: View; incident: Incident; note: string }) {
  const { say } = view
  if (!view.mayAct(incident.project)) return null
  return (
    <form method="post" action={pathOf(incident)} class="card note" data-keep="">
      <Hidden view={view} incident={incident} back={pathOf(incident)} />
      <label for="note-text">{say.noteLabel}</label>
      <textarea id="note-text" name="text" rows={2} maxlength={NOTE_CHARACTERS} required dir="auto">
        {note}
      </textarea>
      <button type="submit" name="do" value="note">
        {say.note}
      </button>
    </form>
  )
}

/** How it went the other times: how long it lasted, and who had it. */
function Past({ view, past }: { view: View; past: Incident[] }) {
  if (past.length === 0) return null
  return (
    <section class="card" aria-labelledby="past">
      <h2 id="past">{view.say.past}</h2>
      <ul class="list">
        {past.map((other) => (
          <li>
            <a href={pathOf(other)}>
              #{other.number} <Time view={view} at={other.openedAt} />
            </a>
            <span class="quiet" dir="auto">
              {lasted(view, other)}
              {other.acknowledged?.by && ` · ${other.acknowledged.by.name}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Facts({ view, seen: { incident, before, after } }: { view: View; seen: IncidentView }) {
  const { say } = view
  const { labels = {}, source, details } = incident
  const told = details === undefined ? '' : JSON.stringify(details, null, 2).slice(0, DETAILS_CHARACTERS)
  return (
    <section class="card facts" aria-labelledby="facts">
      <h2 id="facts">{say.facts}</h2>
      <dl>
        {source !== 'unknown' && (
          <div>
            <dt>{say.source}</dt>
            <dd dir="auto">{sourceText(source)}</dd>
          </div>
        )}
        {Object.entries(labels).map(([name, value]) => (
          <div>
            <dt dir="auto">{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {told && (
        <details id="details">
          <summary>{say.details}</summary>
          <pre dir="auto">{told}</pre>
        </details>
      )}
      <p class="neighbours">
        {before && <a href={pathOf(before)}>{say.before(before.number)}</a>}
        {after && <a href={pathOf(after)}>{say.after(after.number)}</a>}
        <span>
          {say.exports}
          {words[view.language].colon}
          <a href={`${pathOf(incident)}/post-mortem.md`}>Markdown</a>{' '}
          <a href={`${pathOf(incident)}/post-mortem.json`}>JSON</a>
        </span>
      </p>
    </section>
  )
}
