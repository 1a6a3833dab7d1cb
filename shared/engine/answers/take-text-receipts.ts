import type { TextReceipt, TextReceipts } from '../../channels/receipts/text-receipts.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import type { NoticeEffect } from '../../incidents/incident.ts'
import { parseReference } from '../../incidents/reference.ts'
import { endText, sentText, type TextEnd, type TextOf } from '../../store/sent-texts.ts'
import { dispatchToIncident } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { MOST_CHARACTERS } from './take-receipts.ts'

/**
 * Takes what a vendor posts of what carriers say of its texts. Never rejects. `unavailable`: trouble of ours, the vendor is to post it
 * again; whatever is none of its posts is dropped. What came before, and what is of no text of ours, changes nothing.
 */
export async function takeTextReceipts(
  body: string,
  { vendor, readTexts }: Pick<TextReceipts, 'vendor' | 'readTexts'>,
  io: EngineIo,
): Promise<'taken' | 'unavailable'> {
  try {
    const receipts = body.length > MOST_CHARACTERS ? undefined : readTexts(jsonIn(body))
    if (receipts === undefined) io.log({ level: 'warn', event: 'receipts unreadable', vendor })
    for (const { id, ...end } of receipts ?? []) await takeTextEnd({ vendor, id }, end, io)
    return 'taken'
  } catch (error) {
    io.log({ level: 'error', event: 'receipts', vendor, error: String(error) })
    return 'unavailable'
  }
}

/** Takes what an event of a vendor's cloud says of a text. Rejects when a table does: then the event is brought again. */
export function takeText({ vendor, id, ...end }: TextReceipt & { vendor: string }, io: EngineIo): Promise<void> {
  return takeTextEnd({ vendor, id }, end, io)
}

/** Takes what a carrier says of a text, by whichever way it came: it counts once. Rejects when a table does. */
export async function takeTextEnd(of: TextOf, end: TextEnd, io: EngineIo): Promise<void> {
  const known = await sentText(of, io)
  const { text } = known
  const level = end.failure === undefined ? 'info' : 'warn'
  io.log({ level, event: 'text receipt', vendor: of.vendor, known: text !== undefined, ...end })
  if (text?.end !== undefined) return
  // Should this process die in between, the vendor posts again: then a line is told twice, and no refusal is lost.
  for (const effect of text?.effects ?? []) await tellIncident(effect, end, io)
  // Whoever sent the text has remembered it meanwhile, or the vendor has posted this twice at once.
  if (!(await endText(of, end, known, io))) await takeTextEnd(of, end, io)
}

async function tellIncident(effect: NoticeEffect, end: TextEnd, io: EngineIo): Promise<void> {
  await dispatchToIncident(parseReference(effect.incident), { event: { type: 'receipt', effect, ...end } }, io)
}
