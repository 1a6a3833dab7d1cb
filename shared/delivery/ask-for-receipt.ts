import { parseReference } from '../incidents/reference.ts'
import type { StoreIo } from '../store/io.ts'
import type { SentText, TextEnd } from '../store/sent-texts.ts'
import { addressed } from './addressed.ts'
import { channelIo, type GatewayDeps } from './vendors.ts'

/** A vendor has so long to say what became of a text. */
const ASK_MS = 5_000

/** Asks the vendor that took a text what became of it, by the settings of now; undefined: nobody knows, or nobody can be asked. */
export async function receiptOf(text: SentText, deps: GatewayDeps, io: StoreIo): Promise<TextEnd | undefined> {
  const { vendor, id, sentAt, effects } = text
  const [first] = effects
  if (first === undefined || sentAt === undefined) return undefined
  const post = await addressed(first.to, parseReference(first.incident).project, deps)
  if ('failure' in post) return undefined
  const way = [post, ...(post.others ?? [])].find(({ channel }) => channel.type === vendor)
  return way?.channel.receiptOf?.(id, sentAt, way.target, way.settings, channelIo(vendor, deps, io, ASK_MS))
}
