import { ACK_PATH, LINK_MS, signLink } from '../incidents/acknowledge-link.ts'
import type { Recipient } from '../incidents/notice.ts'
import { formatReference, type IncidentReference } from '../incidents/reference.ts'
import { writeSent } from '../incidents/sent-link.ts'
import type { Message } from '../messages/message.ts'
import type { StoreIo } from '../store/io.ts'
import type { GatewayDeps } from './vendors.ts'

/**
 * The links of a message to one recipient: the signed one to acknowledge by, and its page of the console, as far as there are addresses. Each of
 * several regions numbers incidents by itself, and the console at the one address may be another's: the page's address says what was sent by whom.
 */
export function linksFor(
  of: IncidentReference & { number: number },
  to: Recipient,
  deps: GatewayDeps,
  io: StoreIo,
): Message['links'] {
  const { linkBase, elsewhere, consoleUrl } = deps
  const sent = elsewhere ? `?of=${writeSent({ incident: of, region: elsewhere.own, at: io.now() })}` : ''
  const detail = consoleUrl !== undefined && { detail: `${consoleUrl}/incidents/${of.number}${sent}` }
  if (linkBase === undefined) return { ...detail }
  const incident = formatReference(of)
  const region = elsewhere && { region: elsewhere.own }
  const contact = 'contact' in to && { contact: to.contact }
  const token = signLink({ incident, expiresAt: io.now() + LINK_MS, ...contact, ...region }, deps.secret)
  const [next] = elsewhere?.bases ?? []
  const at = (base: string) => `${base}${ACK_PATH}?t=${token}`
  return { acknowledge: at(linkBase), token, ...(next !== undefined && { elsewhere: at(next) }), ...detail }
}
