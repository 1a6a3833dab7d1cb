import * as z from 'zod/mini'
import type { AlertNote } from '../contracts/alert-note.ts'
import type { Draft } from './format.ts'
import { isRecord } from './plain.ts'

/** A list of alerts, of which those that are none may be left out: only where nothing is left it can't be understood. */
export const alertList = z.array(z.unknown(), { error: 'should be a list of alerts' }).check(
  z.superRefine((list, context) => {
    if (list.length === 0 || list.some(isRecord)) return
    for (const index of list.slice(0, 10).keys())
      context.addIssue({ code: 'custom', path: [index], message: 'should be an alert: an object with labels' })
  }),
)

/** A list with at least one object in it, by the same rule; `error` says what it should be. */
export function recordsAmong(error: string) {
  return z.array(z.unknown()).check(z.refine((list) => list.some(isRecord), error))
}

/** The alerts of a list, and a note of what is none. `before`: so many entries were in earlier parts of the list. */
export function readable(list: unknown[], before = 0): { alerts: Record<string, unknown>[]; notes: AlertNote[] } {
  const alerts = list.filter(isRecord)
  const count = list.length - alerts.length
  if (count === 0) return { alerts, notes: [] }
  const first = `alerts.${before + list.findIndex((one) => !isRecord(one))}`
  return { alerts, notes: [{ code: 'alerts-unreadable', args: { count, first } }] }
}

/** An alert of each object in a body that is one, or a list; the first tells of what is none. */
export function draftsOfList(
  body: Record<string, unknown> | unknown[],
  before: number | undefined,
  draftOf: (one: Record<string, unknown>) => Draft,
): Draft[] {
  const { alerts, notes } = readable([body].flat(), before)
  return alerts.map((one, index) => ({ ...draftOf(one), ...(index === 0 && notes.length > 0 && { notes }) }))
}
