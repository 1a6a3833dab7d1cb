import type { IncidentEffect } from '../../shared/incidents/incident.ts'
import type { LayerEnd } from '../../shared/incidents/layer-end.ts'
import type { Recipient } from '../../shared/incidents/notice.ts'
import type { Pause } from '../../shared/incidents/pause/pause.ts'
import type { PlanNote } from '../../shared/oncall/notes.ts'
import { brief } from '../failure.ts'

/** A wall-clock time of the story, as `at` reads it. */
export const clock = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(11, 19).replace(/:00$/, '')

/** An effect as a line of a story. */
export function line(effect: IncidentEffect): string {
  switch (effect.type) {
    case 'step':
      return `step ${effect.step} at ${clock(effect.at)}`
    case 'call':
      return `call ${effect.phoneHash.replace('person-', '')} for step ${effect.step}`
    case 'cancel':
      return `cancel ${effect.phoneHash.replace('person-', '')} up to step ${effect.step}`
    case 'number':
      return `number ${effect.number}${effect.endedAt === undefined ? '' : ' is over'}`
    case 'past':
      return `keep generation ${effect.incident.generation}`
    case 'peer':
      return `word to ${effect.to} of step ${effect.step}`
    case 'member':
      return `${effect.of} | ${entryLine(effect.entry)}`
    case 'notice':
      return `tell ${nameOf(effect.to)}: ${effect.kind}`
    case 'timeline':
      return `| ${entryLine(effect.entry)}`
  }
}

type Entry = Extract<IncidentEffect, { type: 'timeline' }>['entry']

function entryLine(entry: Entry): string {
  switch (entry.kind) {
    case 'opened':
    case 'changed':
      return `${entry.kind}: ${entry.severity} ${entry.summary}`
    case 'raised':
      return `raised: ${entry.from} to ${entry.severity}`
    case 'mended':
      return `mended: ${entry.notes.map(({ code }) => code).join(', ')}`
    case 'layer':
      return `layer ${entry.round}.${entry.layer}: ${[...entry.names, ...(entry.chat ?? []), ...entry.notes.map(factLine)].join(', ')}`
    case 'layer-ended':
      return `layer ${entry.round}.${entry.layer} ended: ${factLine(entry.why)}`
    case 'call':
      return `call ${entry.call} to ${entry.name}: ${[entry.outcome, brief(entry.failure)].filter(Boolean).join(', ')}`
    case 'message':
      return `${entry.what} to ${nameOf(entry.to)}: ${[entry.status, brief(entry.failure)].filter(Boolean).join(', ')}`
    case 'fallback':
      return `${entry.name}: ${entry.from} to ${entry.to}, ${brief(entry.failure)}`
    case 'exhausted':
      return `exhausted after ${entry.rounds} rounds, again at ${clock(entry.repeatAt)}`
    case 'acknowledged':
      return `${actionLine(entry)}${entry.missing ? `, missing ${Object.values(entry.missing).flat().join(', ')}` : ''}`
    case 'resolved':
      return actionLine(entry)
    case 'paused':
      return `paused until ${clock(entry.until)}: ${factLine(entry.cause)}`
    case 'resumed':
      return 'resumed'
    case 'duty':
      return `${entry.region}: ${entry.why}`
    case 'reopened':
      return `reopened: ${entry.lapse.why}, ${(entry.lapse.by ?? entry.lapse.action).by?.name}`
    case 'escalated':
      return `escalated by ${[entry.action.by?.name, entry.layer, entry.to].filter((one) => one !== undefined).join(', ')}`
    case 'merged':
      return `${entry.what} ${entry.number} by ${entry.action.by?.name}`
    case 'sender-silent':
      return 'sender silent'
    case 'note':
      return `${entry.by}: ${entry.text}`
  }
}

/** `acknowledged by lin, link`. */
function actionLine({ kind, action }: Extract<Entry, { kind: 'acknowledged' | 'resolved' }>): string {
  return `${kind} by ${action.by?.name ?? 'nobody'}, ${action.via}`
}

/** `passed-on lin`. */
function factLine({ code, args }: LayerEnd | PlanNote | Pause['cause']): string {
  return [code, ...Object.values(args)].join(' ')
}

/** `ops`, or `lin sms`. */
export function nameOf(to: Recipient): string {
  return 'chat' in to ? to.chat : `${to.contact} ${to.channel}`
}
