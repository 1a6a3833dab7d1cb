import type { ChannelIo, Delivery } from '../channels/channel.ts'
import { type LastResortNotice, lastResortText } from '../messages/last-resort.ts'

export { confirmedTroubles } from './confirmed-troubles.ts'

import { begun, emptyEntry, ended, type LastResortLog, notYetNotified, pauseMs } from './last-resort-log.ts'
import { type Addressee, addressees } from './last-resort-recipients.ts'
import { recipientsOf } from './last-resort-settings.ts'

/** What became of the notice at one recipient. Nobody is named: this is logged. */
export type LastResortResult = {
  channel: string
  /** How many troubles it was about. */
  troubles: number
  delivery: Delivery
  /** Refused for good so many times in a row, and left alone for so long. */
  failures?: number
  pauseMs?: number
}

/**
 * Tells each recipient that the environment names, all at once, what that one is to be told now, and keeps in `sentLog` what became of
 * it. Resolves to those that were tried: every end is a `Delivery`. Rejects with a `RecipientsError` when the environment names none
 * rightly, which packaging refuses already. This module is loaded when it is needed: no probe that reaches its queue carries it in memory.
 */
export async function tellLastResort(
  notice: LastResortNotice,
  sentLog: LastResortLog,
  io: ChannelIo,
): Promise<LastResortResult[]> {
  const [cloud = ''] = notice.vantage.split('/', 1)
  const told = addressees(recipientsOf(io.env, cloud)).map((addressee) => tell(addressee, notice, sentLog, io))
  return (await Promise.all(told)).flat()
}

async function tell(
  { channel, to, urgentOnly, send }: Addressee,
  notice: LastResortNotice,
  sentLog: LastResortLog,
  io: ChannelIo,
): Promise<LastResortResult[]> {
  const { at } = notice
  const recipient = `${channel} ${to}`
  const before = sentLog.get(recipient) ?? emptyEntry
  const wanted = urgentOnly ? notice.troubles.filter(({ urgent }) => urgent) : notice.troubles
  const troubles = notYetNotified(before, wanted, at)
  if (troubles.length === 0) return []
  sentLog.set(recipient, begun(before, at))
  const delivery = await send(lastResortText({ ...notice, troubles }), io)
  const after = ended(before, troubles, at, delivery, io.now())
  sentLog.set(recipient, after)
  const line = { channel, troubles: troubles.length, delivery: unnamed(delivery) }
  const { failures } = after
  return [delivery.status === 'failed' ? { ...line, failures, pauseMs: pauseMs(failures) } : line]
}

/** Vendors like to repeat in a refusal whom it is about: mailboxes and E.164 numbers are taken out. */
function unnamed(delivery: Delivery): Delivery {
  if (!('failure' in delivery) || delivery.failure.said === undefined) return delivery
  const said = delivery.failure.said.replace(/[^\s<>]+@[^\s<>]+|(?<!\d)\+?\d{7,15}(?!\d)/g, '…')
  return { ...delivery, failure: { ...delivery.failure, said } }
}
