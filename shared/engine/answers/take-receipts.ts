import type { Receipt, Receipts } from '../../channels/voice/call-reader.ts'
import { jsonIn } from '../../contracts/json-in.ts'
import { type PhoneLineEvent, traitsOf } from '../../phoneline/phone-line.ts'
import { type NamedCall, namedCall } from '../../store/named-calls.ts'
import { dispatchToPhoneLine } from '../dispatch.ts'
import type { EngineIo } from '../io.ts'
import { takeContactEvent } from './take-contact-event.ts'

/** More than this is no vendor's post. */
export const MOST_CHARACTERS = 1_000_000

/**
 * Takes the body of a vendor's post. Never rejects. `unavailable`: trouble of ours, the vendor is to post it again; whatever is none of
 * its posts is dropped, so that it is not posted again for ever.
 */
export async function takeReceipts(
  body: string,
  { vendor, read }: Pick<Receipts, 'vendor' | 'read'>,
  io: EngineIo,
): Promise<'taken' | 'unavailable'> {
  try {
    const receipts = body.length > MOST_CHARACTERS ? undefined : read(jsonIn(body))
    if (receipts === undefined) io.log({ level: 'warn', event: 'receipts unreadable', vendor })
    else await takeAll(receipts, vendor, io)
    return 'taken'
  } catch (error) {
    io.log({ level: 'error', event: 'receipts', vendor, error: String(error) })
    return 'unavailable'
  }
}

/** How many receipts were taken, were kept until their call is known, or are of no call of ours. */
type ReceiptCounts = Record<'taken' | 'kept' | 'unknown', number>

/**
 * Takes what a vendor has posted of its calls, in this order. Receipts may come late, twice, before the vendor's own answer, in any order,
 * and from a liar: one that names a call counts if we have asked this vendor for that, and its contact is the one which the call has.
 * Rejects when a table does: then the vendor posts all of them again, which does no harm.
 */
async function takeAll(receipts: Receipt[], vendor: string, io: EngineIo): Promise<void> {
  const counts: ReceiptCounts = { taken: 0, kept: 0, unknown: 0 }
  for (const receipt of receipts) counts[await takeReceipt(receipt, vendor, io)] += 1
  io.log({ level: counts.unknown > 0 ? 'warn' : 'info', event: 'receipts', vendor, ...counts })
}

async function takeReceipt({ name, event }: Receipt, vendor: string, io: EngineIo): Promise<keyof ReceiptCounts> {
  // Without a name the contact alone tells whose call it is, once the vendor's answer has brought that.
  if (name === undefined) return event.type === 'rings' ? 'unknown' : takeContactEvent(event, io)
  const call = await namedCall(name, io)
  if (call?.vendor !== vendor) return 'unknown'
  await dispatchToPhoneLine(call.phoneHash, { event: eventIn(call, event) }, io)
  return 'taken'
}

/** A vendor's receipts don't say by which of its routes a call was placed: the call's name does. */
function eventIn({ seq, route, type, ...call }: NamedCall, event: Receipt['event']): PhoneLineEvent {
  const traits = traitsOf(call)
  if (event.type === 'rings') return { type: 'dialled', seq, contactId: event.contactId, route, ...traits }
  if (event.type !== 'disconnected' || event.failure === undefined) return { ...event, ...traits, seq }
  return { ...event, failure: { ...event.failure, vendor: type }, ...traits, seq }
}
