import type { EffectRules } from '../contracts/machine.ts'
import type { Incident, IncidentEffect } from './incident.ts'

/** What holds for the effects of an incident. What each does is in `shared/engine/dispatch.ts`. */
export const incidentEffects = {
  // A phone that still rings for the last layer is stopped before the next one is called.
  cancel: { order: 'first', carriedBy: 'anybody' },
  call: { order: 'beside', carriedBy: 'anybody' },
  step: {
    // The deadline behind a layer can wait for what people wait for. The step that follows at once is what they wait for.
    order: ({ at }, decidedAt) => (at > decidedAt ? 'last' : 'beside'),
    carriedBy: 'anybody',
    // The step that follows at once takes the incident on, and what was sent for an earlier step is stale.
    clearsItself: ({ at }, decidedAt) => at <= decidedAt,
    isSpent: ({ step }, incident) => step < incident.step,
  },
  notice: { order: 'beside', carriedBy: 'gateway' },
  number: { order: 'last', carriedBy: 'anybody', record: true },
  timeline: { order: 'last', carriedBy: 'anybody', record: true },
  past: { order: 'last', carriedBy: 'anybody', record: true },
} as const satisfies EffectRules<IncidentEffect, Incident>

type Rules = typeof incidentEffects

/** The effects that only put something on record. */
export type IncidentRecord = Extract<
  IncidentEffect,
  { type: { [Type in keyof Rules]: Rules[Type] extends { record: true } ? Type : never }[keyof Rules] }
>
