import { MOST_OPEN, type NowView, type VantageProof } from '../../../shared/engine/console/view-now.ts'
import type { Proofs } from '../../../shared/engine/console/view-proofs.ts'
import { vantageName } from '../../../shared/messages/places.ts'
import { duration } from '../../../shared/messages/times.ts'
import { words } from '../../../shared/messages/words.ts'
import type { View } from '../view.ts'
import { Acknowledge, OtherActions, type People, pathOf } from './actions.tsx'
import { Layout, type Notice, Time } from './layout.tsx'
import { Paging } from './paging.tsx'
import { type Incident, Since, StandingLine, titleFor, When, Words } from './pieces.tsx'

export interface NowProps {
  view: View
  seen: NowView
  /** By project. */
  people: Record<string, People>
  /** Those of this page. */
  shown: Incident[]
  /** From 1. */
  page: number
  pages: number
  notice?: Notice | undefined
  /** Of a calm time. */
  proven?: Proofs | undefined
}

/** What burns now, the worst first; if nothing does, why that can be believed. */
export function NowPage({ view, seen, people, shown, page, pages, notice, proven }: NowProps) {
  const { say } = view
  const { open, hasMore, resolved, vantages } = seen
  const isCalm = open.length === 0 && !hasMore
  const title = isCalm ? say.calm : open.length === 0 ? say.unsure : say.open(open.length)
  return (
    <Layout view={view} title={title} notice={notice}>
      <h1 class={isCalm ? 'calm' : 'burning'}>{title}</h1>
      {hasMore && <p class="quiet">{say.more(MOST_OPEN)}</p>}
      <div class="cards">
        {shown.map((incident) => (
          <Card view={view} incident={incident} people={people[incident.project] ?? nobody} />
        ))}
      </div>
      <Paging view={view} path="/" page={page} pages={pages} />
      <Watching view={view} vantages={vantages} />
      {proven && <Proven view={view} proven={proven} />}
      <Recent view={view} resolved={resolved} />
    </Layout>
  )
}

const nobody: People = { contacts: {}, schedules: [], policies: {} }

function Card({ view, incident, people }: { view: View; incident: Incident; people: People }) {
  const heading = `incident-${incident.number}`
  return (
    <article class={`card incident ${incident.severity} ${incident.status}`} aria-labelledby={heading}>
      <Words view={view} incident={incident} />
      <h2 id={heading} dir="auto">
        <a href={pathOf(incident)}>{titleFor(view, incident)}</a> <span class="number">#{incident.number}</span>
      </h2>
      <Since view={view} incident={incident} />
      <StandingLine view={view} incident={incident} />
      <Acknowledge view={view} incident={incident} people={people} back="/" />
      <OtherActions view={view} incident={incident} people={people} back="/" />
    </article>
  )
}

/** So many of each kind of proof are shown. */
const PROVEN = 8

/** A probe that has not reported for so long is silent, ms. */
const SILENT_MS = 180_000

function Watching({ view, vantages }: { view: View; vantages: VantageProof[] }) {
  if (vantages.length === 0) return null
  return (
    <section aria-labelledby="watching">
      <h2 id="watching" class="title">
        {view.say.proof}
      </h2>
      <ul class="card list">
        {vantages.map((one) => (
          <Vantage view={view} proof={one} />
        ))}
      </ul>
    </section>
  )
}

function Vantage({ view, proof }: { view: View; proof: VantageProof }) {
  const { say, language, now } = view
  const { vantage, heardAt, checks, up } = proof
  const isHeard = heardAt !== undefined && now - heardAt < SILENT_MS
  const said = heardAt === undefined ? say.neverHeard : say.heard(duration(minuteOf(now - heardAt), language))
  return (
    <li>
      <span>{vantageName(vantage, language)}</span>
      <span class={isHeard ? 'saw up' : 'saw down'}>{said}</span>
      {checks > 0 && <span class={up === checks ? 'saw up' : 'saw down'}>{say.up(up, checks)}</span>}
    </li>
  )
}

/** What else speaks for a calm that it is one: who sent something last, and by what people were told. */
function Proven({ view, proven: { inbound, channels } }: { view: View; proven: Proofs }) {
  const { say, language } = view
  const { reach } = words[language]
  if (inbound.length + channels.length === 0) return null
  return (
    <section aria-labelledby="proven">
      <h2 id="proven" class="title">
        {say.proven}
      </h2>
      <ul class="card list">
        {channels.slice(0, PROVEN).map(({ to, at }) => (
          <li>
            <span dir="auto">{say.toldBy('chat' in to ? to.chat : reach[to.channel])}</span>
            <span class="quiet">
              <Time view={view} at={at} />
            </span>
          </li>
        ))}
        {inbound.slice(0, PROVEN).map(({ project, format, at }) => (
          <li>
            <span dir="auto">{say.heardFrom(format, project)}</span>
            <span class="quiet">
              <Time view={view} at={at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Above ten seconds in tens: the page would be another one each second. */
function minuteOf(ms: number): number {
  return ms < 10_000 ? 10_000 : Math.floor(ms / 10_000) * 10_000
}

function Recent({ view, resolved }: { view: View; resolved: Incident[] }) {
  if (resolved.length === 0) return null
  return (
    <section aria-labelledby="recent">
      <h2 id="recent" class="title">
        {view.say.recent}
      </h2>
      <ul class="card list">
        {resolved.map((incident) => (
          <li>
            <span dir="auto">
              <a href={pathOf(incident)}>{titleFor(view, incident)}</a> <span class="number">#{incident.number}</span>
            </span>
            <span class="quiet">
              <When view={view} incident={incident} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
