import type { Message } from '../messages/message.ts'
import type { Delivery } from './channel.ts'

/**
 * Sends each notice of a digest by itself, in order, for a vendor to whom every incident is a thing of its own and the same event twice
 * is one. The first that does not arrive ends it: all are sent again later.
 */
export async function eachNotice(message: Message, send: (one: Message) => Promise<Delivery>): Promise<Delivery> {
  const { digest, ...single } = message
  if (digest === undefined) return send(message)
  let last: Delivery = { status: 'sent' }
  for (const { notice, repeat } of digest.of) {
    last = await send({ ...single, notice, repeat, links: {} })
    if (last.status !== 'sent') return last
  }
  return last
}
