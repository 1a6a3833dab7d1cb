import { type PersonalReach, personalReaches } from '../contracts/reach.ts'
import { isLoud, type OwnQuestion, quietWindow } from './own-reach.ts'
import type { Contact } from './plan.ts'
import { addressOf } from './resolve.ts'

/**
 * By what somebody is told something that rings nobody, on duty or not: the first of their own order, or of those that they have, and in
 * their quiet hours mail alone. Undefined: nothing reaches them so. `configured`: the channels that there are.
 */
export function quietReach(
  contact: Contact,
  question: OwnQuestion,
  configured: readonly PersonalReach[],
): 'sms' | 'email' | undefined {
  const isQuiet = quietWindow(contact, question) !== undefined
  const order = [...(contact.channels?.[question.severity] ?? []), ...personalReaches]
  return order
    .filter((channel) => channel !== 'phone')
    .find((channel) => configured.includes(channel) && contact[addressOf[channel]] && !(isQuiet && isLoud(channel)))
}
