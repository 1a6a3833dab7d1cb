import type { Reach } from '../contracts/reach.ts'
import type { Channel } from './channel.ts'

/** How a policy reaches people through a channel: a group's robot is `chat`, others are named for what they are reached at. */
export function reachOf({ reaches, address }: Pick<Channel<unknown>, 'reaches' | 'address'>): Exclude<Reach, 'phone'> {
  if (reaches === 'group') return 'chat'
  return address?.key === 'email' ? 'email' : 'sms'
}
