import type { Report, Sending } from '../contracts/report.ts'
import type { Instant } from '../contracts/words.ts'

/** Whether a region takes what a probe function sends, and since when that is so, by the queue's clock. */
export interface Send extends Omit<Sending, 'to'> {
  since: Instant
}

/** What a probe function has told of its sends, by region. */
export interface Sends {
  /** When the run ended whose report told it, by the function's own clock: one that was kept for long is no news. */
  toldAt: Instant
  to: Record<string, Send>
}

/** What is known of a function's sends after a report. One that says nothing, of a function that has just begun, changes nothing. */
export function sendsAfter(known: Sends | undefined, { runner }: Report, sentAt: Instant): { sends?: Sends } {
  const { sends: told, finishedAt: toldAt } = runner
  if (told === undefined || (known !== undefined && toldAt <= known.toldAt)) return known ? { sends: known } : {}
  const to = told.map(({ to: region, ...sending }): [string, Send] => {
    const before = known?.to[region]
    return [region, { ...sending, since: before?.isTaken === sending.isTaken ? before.since : sentAt }]
  })
  return { sends: { toldAt, to: Object.fromEntries(to) } }
}
