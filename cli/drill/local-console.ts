import { acknowledgeKey } from './files.ts'
import type { PhoneAction } from './stage.ts'

/** Does something with a phone of a local stack, by the address of its console. Rejects when the phone is not in a state for that. */
export async function playPhone(console: string, call: string, action: PhoneAction): Promise<void> {
  const path = action === 'acknowledge' ? `press?key=${acknowledgeKey}` : action
  await post(`${console}/_local/phone/${call}/${path}`, {})
}

/** Posts JSON to a local stack. Rejects with what it says unless that is a success. */
export async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${new URL(url).pathname}: ${response.status} ${text}`)
}
