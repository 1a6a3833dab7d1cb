import * as z from 'zod'
import type { AlertNote } from '../../contracts/alert-note.ts'
import { isRecord } from '../plain.ts'

/** A list of alerts, of which those that are none may be left out: only where nothing is left it can't be understood. */
export const alertList = z.array(z.unknown(), { error: 'should be a list of alerts' }).superRefine((list, context) => {
  if (list.length === 0 || list.some(isRecord)) return
  for (const index of list.slice(0, 10).keys())
    context.addIssue({ code: 'custom', path: [index], message: 'should be an alert: an object with labels' })
})

/** The alerts of a list, and a note of what is none. */
export function readable(list: unknown[]): { alerts: Record<string, unknown>[]; notes: AlertNote[] } {
  const alerts = list.filter(isRecord)
  const count = list.length - alerts.length
  if (count === 0) return { alerts, notes: [] }
  const first = `alerts.${list.findIndex((one) => !isRecord(one))}`
  return { alerts, notes: [{ code: 'alerts-unreadable', args: { count, first } }] }
}
