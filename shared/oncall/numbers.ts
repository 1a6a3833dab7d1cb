import type { Contact } from './plan.ts'

/** All the phone numbers of somebody, in the order in which they are called. */
export function numbersOf({ phone, otherPhones = [] }: Contact): string[] {
  return phone === undefined ? [] : [phone, ...otherPhones]
}

/** What channels know somebody by: the keys that hold a text. */
export function addressesOf(contact: Contact): Record<string, string> {
  return Object.fromEntries(
    Object.entries(contact).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value] as const] : [])),
  )
}
