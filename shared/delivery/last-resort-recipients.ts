import type { ChannelIo, Delivery } from '../channels/channel.ts'
import type { LastResort } from '../channels/last-resorts/last-resort.ts'
import { lastResorts } from '../channels/registered/last-resorts.ts'
import type { LastResortText } from '../messages/last-resort.ts'
import type { Recipients } from './last-resort-settings.ts'

/** One recipient, and the way there. */
export interface Addressee {
  /** The channel's type. */
  channel: string
  /** The robot's key, the phone or the mailbox. Not logged. */
  to: string
  /** Is told only what people are to be disturbed for. */
  urgentOnly: boolean
  /** Never rejects: every end is a `Delivery`. */
  send(text: LastResortText, io: ChannelIo): Promise<Delivery>
}

/** Everybody who is told as a last resort, in order, each with the function that tells them. */
export function addressees(all: Recipients[]): Addressee[] {
  return all.flatMap(({ type, settings }) => {
    const resort = lastResorts.find((one) => one.type === type)
    if (resort === undefined) return []
    const { urgentOnly } = resort
    return settings.to.map((to): Addressee => ({ channel: type, to, urgentOnly, send: sending(resort, to, settings) }))
  })
}

/** A sender that can't be loaded keeps no other channel from being used. */
function sending({ type, sender }: LastResort<unknown>, to: string, settings: unknown): Addressee['send'] {
  return async (text, io) => {
    const loaded = await sender().catch(() => undefined)
    if (loaded === undefined) return { status: 'failed', failure: { class: 'no-such-type', type } }
    return loaded.send(text, to, settings, io)
  }
}
