import { descriptors } from '../shared/channels/descriptors.ts'
import { voiceRoutes } from '../shared/channels/registered/voice-routes.ts'
import { references, resolveReferences } from '../shared/contracts/references.ts'
import { type Bilingual, type Instant, inBoth, type VerdictWord } from '../shared/contracts/words.ts'
import { consensusOf } from '../shared/evaluation/consensus.ts'
import { seenOf, votersOf } from '../shared/evaluation/vantages.ts'
import type { Incident } from '../shared/incidents/incident.ts'
import { formatReference } from '../shared/incidents/reference.ts'
import { worstFirst } from '../shared/incidents/severity.ts'
import type { TimelineEntry } from '../shared/incidents/timeline-entry.ts'
import { factIn, titleIn } from '../shared/messages/facts.ts'
import { heldText } from '../shared/messages/held.ts'
import { timelineText } from '../shared/messages/timeline.ts'
import { duration } from '../shared/messages/times.ts'
import { words } from '../shared/messages/words.ts'
import { numbersOf } from '../shared/oncall/numbers.ts'
import { listIncidents, readTimeline } from '../shared/store/incidents.ts'
import type { StoreIo } from '../shared/store/io.ts'
import { readVantages } from '../shared/store/vantages.ts'
import { readVerdicts } from '../shared/store/verdicts.ts'
import type { SimulatedCall } from '../test/simulators/connect/simulated-call.ts'
import type { Phones } from '../test/simulators/phones.ts'
import type { Sandbox } from '../test/simulators/sandbox.ts'
import type { LocalConfig } from './config.ts'
import type { Demo } from './demo.ts'
import type { Journal } from './journal.ts'
import { markupLines } from './markup.ts'
import type { Sandboxes } from './sandboxes.ts'

/** How many incidents the page shows that are over. */
const resolvedShown = 5
const openShown = 50

export interface PageStateOptions {
  local: LocalConfig
  sandboxes: Sandboxes
  journal: Journal
  demo: Demo
  store: Pick<StoreIo, 'incidents' | 'checks' | 'log'>
  env: Record<string, string | undefined>
  now(): Instant
}

/** Reads all that the page shows. */
export function pageState(options: PageStateOptions): () => Promise<unknown> {
  const { local, sandboxes, journal, demo, store } = options
  const { config, people } = local
  const names = new Map(
    Object.values(people.contacts).flatMap((one) => numbersOf(one).map((phone) => [phone, one.name])),
  )
  const usesDemo = config.checks.some((check) => references(check.spec).includes('DEMO_URL'))

  return async () => ({
    language: config.language,
    timezone: config.timezone,
    vantages: config.vantages,
    demo: usesDemo ? { url: demo.url, broken: demo.broken } : undefined,
    channels: sandboxes.channels,
    checks: await checksOf(local, options),
    incidents: await incidentsOf(store, config.timezone),
    messages: journal
      .messages()
      .map((one) => ({ ...one, ...(one.format === 'markdown' && { lines: markupLines(one.text) }) })),
    calls: callsOf(sandboxes, names),
  })
}

async function checksOf({ config, vantages }: LocalConfig, { store, env, now }: PageStateOptions) {
  const ids = config.checks.map(({ id }) => id)
  const [verdicts, known] = await Promise.all([readVerdicts(ids, store), readVantages(Object.values(vantages), store)])
  const shorts = new Map(Object.entries(config.vantages).map(([short, place]) => [place, short]))
  return config.checks.map((check) => {
    const found = verdicts.find(({ id }) => id === check.id)
    const verdict = found?.verdict ?? 'unknown'
    const hold = found?.flapping?.hold
    const voting = { ...check, from: votersOf(check, known) }
    const sightings = consensusOf(voting, seenOf(check, known), now()).sightings.map(({ vantage, fault, ...seen }) => ({
      ...seen,
      ...(fault && { detail: inBoth((language) => factIn(language, fault)) }),
      said: inBoth((language) => words[language].sees[seen.verdict]),
      vantage,
      name: shorts.get(vantage) ?? vantage,
    }))
    return {
      id: check.id,
      title: check.title,
      projectTitle: config.projects[check.project]?.title ?? check.project,
      target: resolveReferences(targetOf(check.spec), env).value,
      verdict,
      said: stateOf(verdict),
      since: found?.since,
      held: hold && inBoth((language) => heldText(hold, now(), language, config.timezone)),
      detail: sightings.find((seen) => seen.verdict === verdict && seen.detail !== undefined)?.detail,
      sightings,
    }
  })
}

/** As the head line of a message says it. */
function stateOf(verdict: VerdictWord): Bilingual {
  return inBoth((language) => (verdict === 'up' ? words[language].sees.up : words[language].state[verdict]))
}

function targetOf(spec: unknown): string {
  return typeof spec === 'object' && spec !== null && 'url' in spec ? String(spec.url) : ''
}

async function incidentsOf(store: PageStateOptions['store'], timezone: string) {
  const [open, resolved] = await Promise.all([
    listIncidents('open', openShown, store),
    listIncidents('resolved', resolvedShown, store),
  ])
  return Promise.all(
    [...open.toSorted(worstFirst), ...resolved].map(async (incident) =>
      told(incident, await readTimeline(incident, store), timezone),
    ),
  )
}

/** The page chooses the language. */
function told(incident: Incident, timeline: TimelineEntry[], timezone: string) {
  const { number, projectTitle, status, openedAt, resolved } = incident
  return {
    id: formatReference(incident),
    number,
    title: inBoth((language) => titleIn(language, incident)),
    projectTitle,
    severity: inBoth((language) => words[language].severity[incident.severity]),
    status,
    said: inBoth((language) => words[language].status[status]),
    openedAt,
    lasted: resolved && inBoth((language) => duration(resolved.at - openedAt, language)),
    timeline: timeline.map((entry) => ({
      at: entry.at,
      kind: entry.kind,
      text: inBoth((language) => timelineText(entry, language, timezone, descriptors)),
    })),
  }
}

/** What goes on, oldest first, each with the keys that its own route takes. */
function callsOf({ running }: Sandboxes, names: Map<string, string>) {
  const calls = [...running].flatMap(([type, sandbox]) => {
    const keys = voiceRoutes[type]?.keys.map(({ key, menu }) => ({ key, menu }))
    if (keys === undefined) return []
    const live = (sandbox as Sandbox & Phones).calls.filter(({ state }) => state !== 'disconnected')
    return live.map((call) => ({ ...shown(call, names), keys }))
  })
  return calls.sort((one, other) => one.startedAt - other.startedAt)
}

function shown(call: SimulatedCall, names: Map<string, string>) {
  const { contactId, to, state, listening, transcript, attributes, initiatedAt } = call
  return {
    contactId,
    phone: to,
    name: names.get(to),
    language: attributes.language ?? 'zh',
    status: state,
    listening,
    said: transcript.map(({ text }) => text),
    startedAt: initiatedAt,
  }
}
