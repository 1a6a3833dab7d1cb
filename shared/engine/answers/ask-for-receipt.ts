import { awaitText, sentText, type TextOf } from '../../store/sent-texts.ts'
import { type EngineIo, gatewayOf } from '../io.ts'
import { takeTextEnd } from './take-text-receipts.ts'

/** Asks the vendor of a text whose receipt has not come what became of it; while nobody knows, it is asked again later. */
export async function askForReceipt(of: TextOf, io: EngineIo): Promise<void> {
  const { text, version } = await sentText(of, io)
  if (text === undefined || text.end !== undefined) return
  const end = await gatewayOf(io).receipt(text)
  io.log({ level: 'info', event: 'receipt asked for', vendor: of.vendor, known: end !== undefined })
  await (end === undefined ? awaitText({ text, version }, io) : takeTextEnd(of, end, io))
}
