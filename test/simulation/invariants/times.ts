import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import { usesOf } from '../../../shared/oncall/layer-reach.ts'
import { onlyFails } from '../faults.ts'
import { callName } from '../ledger.ts'
import { nameOf } from '../outcome.ts'
import type { Outcome } from '../run.ts'
import { CANARY } from '../setting.ts'
import { RETRY_AFTER_MS } from '../texts.ts'
import { endedLayers, linesOf, ruleOf } from './history.ts'

/** Where nothing dies and nothing is refused, the first layer begins so soon after an incident opens, or nobody has it any more, ms. */
const BEGUN_MS = 5_000

/** An event of a call is on its way for 1.5 s, and what it brings about is done in less than that. */
const HEARD_MS = 3_000

/** Who dials has looked before whether the call is wanted: it may ring so long after it was called off, ms. */
const DIALLED_MS = 15_000

/** A deadline's message may come so much too early, ms. */
const CLOCKS_MS = 1_000

/** A deadline is kept within this, be watch there or not. */
const DEADLINE_MS = 6_000

/**
 * What is put off is tried within so long after its date: whoever comes for one text asks for the next when it is told, and a vendor may
 * take five seconds.
 */
const RETRIED_MS = 12_000

/** What holds no process back, and ends none. */
const harmless = ['lostAnswers', 'calls', 'texts', 'events', 'stops', 'duplicates', 'lostReports', 'busy'] as const

/** Nobody waits for a page longer than they have to. */
export function pagesAreInTime(outcome: Outcome): string[] {
  return [
    ...layersBeginAtOnce(outcome),
    ...nobodyIsTakenForDead(outcome),
    ...deadlinesAreKept(outcome),
    ...deadlinesAreAwaited(outcome),
    ...endsAreHeard(outcome),
    ...canaryIsHeard(outcome),
    ...busyVendorsAreLeftAlone(outcome),
  ]
}

/** A lost answer, or a vendor in trouble, holds no page back. */
function layersBeginAtOnce(outcome: Outcome): string[] {
  const { faults, incidents, setting } = outcome
  if (!onlyFails(faults, ...harmless)) return []
  return incidents.flatMap((incident) => {
    const lines = linesOf(outcome, incident)
    const opened = lines.find(({ kind }) => kind === 'opened')
    const layer = lines.findIndex(({ kind }) => kind === 'layer')
    const asked = lines.findLast((line, index) => index < layer && asksForPeople(line))
    const waited = (lines[layer]?.at ?? 0) - (asked?.at ?? Infinity)
    // What is paused is late by right: invariants/pauses.ts says by how much.
    const isPaused = lines.some(({ kind }) => kind === 'paused')
    const isLate = !isPaused && waited > BEGUN_MS
    const first = opened?.kind === 'opened' ? opened.severity : undefined
    const policy = setting.config.policies[setting.config.projects[incident.project]?.policy ?? '']
    const wakes = first && policy && usesOf(policy, first).some((reach) => reach !== 'chat')
    return isLate && wakes ? [`page late: ${nameOf(incident)} waited ${waited / 1000} s`] : []
  })
}

/** Whoever took it before its first layer had it until it opened again, or got worse than what they took. */
function asksForPeople(line: TimelineEntry): boolean {
  return line.kind === 'opened' || line.kind === 'reopened' || (line.kind === 'changed' && line.outgrown !== undefined)
}

/** Who lives and is in time is not counted as crashed: a call that rings, or a text that is told, is known to be. */
function nobodyIsTakenForDead(outcome: Outcome): string[] {
  const { faults, incidents, world } = outcome
  if (!onlyFails(faults, ...harmless) || world.timeouts > 0) return []
  return incidents.flatMap((incident) =>
    linesOf(outcome, incident).flatMap((line) =>
      // A text whose answer was lost counts as crashed, too, once it is moot.
      (line.kind === 'call' || faults.texts === 0) && 'failure' in line && line.failure?.class === 'crashed'
        ? [`${nameOf(incident)}: ${line.kind} counts as crashed, and nobody did`]
        : [],
    ),
  )
}

/** A layer's time is over when it is over: its message comes by the queue, and watch only stands behind it. */
function deadlinesAreKept(outcome: Outcome): string[] {
  const { calm, incidents, rings, setting, ledger } = outcome
  if (!calm) return []
  return incidents.flatMap((incident) => {
    const lines = linesOf(outcome, incident)
    return endedLayers(lines, outcome.faults).flatMap(({ begin, end }) => {
      const time = ruleOf(begin, lines, setting, incident)?.ackTimeoutMs
      if (end.why.code !== 'ack-timeout' || time === undefined) return []
      const lateMs = end.at - begin.at - time
      const isHeard = rings.some(
        // What waited joins a call that is answered.
        ({ answeredAt = Infinity, ...ring }) =>
          ledger.about.get(callName(ring))?.has(nameOf(incident)) &&
          answeredAt < end.at &&
          answeredAt > end.at - 200_000,
      )
      return lateMs > DEADLINE_MS && !isHeard ? [`page late: a layer of ${nameOf(incident)} by ${lateMs / 1000} s`] : []
    })
  })
}

/** Nobody's time is cut short, but by what two machines' clocks differ. */
function deadlinesAreAwaited(outcome: Outcome): string[] {
  const { incidents, setting, faults } = outcome
  return incidents.flatMap((incident) => {
    const lines = linesOf(outcome, incident)
    return endedLayers(lines, faults).flatMap(({ begin, end }) => {
      if (end.why.code !== 'ack-timeout') return []
      const earlyMs = begin.at + (ruleOf(begin, lines, setting, incident)?.ackTimeoutMs ?? 0) - end.at
      return earlyMs > CLOCKS_MS + 2 * faults.skewMs
        ? [`a layer of ${nameOf(incident)} ended ${earlyMs / 1000} s before its time`]
        : []
    })
  })
}

/** The end of a call is heard, also if its event came before the vendor's answer. */
function endsAreHeard(outcome: Outcome): string[] {
  const { faults, rings, incidents, ledger } = outcome
  if (!onlyFails(faults, 'texts', 'calls', 'stops', 'duplicates', 'lostReports', 'lostAnswers')) return []
  return rings.flatMap((ring) => {
    const [only, ...others] = ring.about
    if (only === undefined || others.length > 0 || ring.stopped || ring.answeredAt !== undefined) return []
    if (ring.endedAt === undefined || ring.toldAt === undefined) return []
    const knownBy = Math.max(ring.endedAt, ring.toldAt) + HEARD_MS
    const incident = incidents.find((one) => nameOf(one) === only.incident)
    const endedAt = ledger.acknowledgedAt.get(only.incident) ?? Infinity
    if (incident === undefined || endedAt < knownBy || outcome.world.now < knownBy) return []
    const isHeard = linesOf(outcome, incident).some(
      (line) =>
        line.at <= knownBy &&
        ((line.at > ring.startedAt && (isEnd(line) || line.kind === 'layer-ended')) ||
          (line.at > ring.startedAt - DIALLED_MS && isCalledOff(line))),
    )
    return isHeard ? [] : [`page late: nobody heard that ${ring.token} had ended`]
  })
}

function isEnd(line: { kind: string; outcome?: string }): boolean {
  return line.kind === 'call' && (line.outcome === 'unanswered' || line.outcome === 'busy')
}

/** Who takes it for a while, pauses it or hands it on calls it off: of a call that was on its way nobody hears any more. */
function isCalledOff({ kind }: { kind: string }): boolean {
  return kind === 'acknowledged' || kind === 'paused' || kind === 'escalated'
}

/** A storm of another project holds nobody's page back. Where incidents are handed to its policy, its one person may be in another call. */
function canaryIsHeard({ calm, senders, rings, setting }: Outcome): string[] {
  const { canaryAt } = senders
  if (!calm || canaryAt === undefined || setting.redirects) return []
  const rang = rings.find(({ about }) => about.some(({ incident }) => incident.startsWith(`${CANARY}#`)))
  const afterMs = (rang?.startedAt ?? Infinity) - canaryAt
  return afterMs > BEGUN_MS ? [`page late: ${afterMs / 1000} s beside a storm`] : []
}

/** A vendor that wants to be left alone is, and then is asked again. */
function busyVendorsAreLeftAlone({ asked, faults, told, perMinute }: Outcome): string[] {
  const isPrompt = onlyFails(faults, 'texts')
  return [...Map.groupBy(asked, ({ text }) => text)].flatMap(([text, tries]) =>
    tries.flatMap(({ fate, at }, index) => {
      const next = tries[index + 1]
      if (fate !== 'retry') return []
      const afterMs = (next?.at ?? Infinity) - at
      // Robots and numbers have queues of their own, whose turns are other texts'.
      if (text.endsWith(' to robot') || (perMinute !== undefined && text.includes(' to sms '))) return []
      // It is asked again a moment early where clocks differ; whoever follows a process that died with the answer knows of no wish.
      if (afterMs < RETRY_AFTER_MS - 2 * faults.skewMs && !next?.repeat)
        return [`asked again after ${afterMs} ms: ${text}`]
      if (next === undefined || !isPrompt) return []
      const wantedMs = RETRY_AFTER_MS * 2 ** index
      return afterMs > wantedMs + RETRIED_MS && told.length > 0 ? [`told late, by ${afterMs / 1000} s: ${text}`] : []
    }),
  )
}
