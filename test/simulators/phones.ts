import type { SimulatedCall } from './connect/simulated-call.ts'

/** A vendor of calls as whoever plays the phones sees it. Each call has its own contact id. */
export interface Phones {
  /** Every call ever placed, oldest first. */
  calls: SimulatedCall[]
  refused: { operation: string; code: string; message: string }[]
  /** Resolves when a key is awaited or the call is over, where the vendor asks for words. Rejects when the phone does not ring. */
  answer(contactId: string): Promise<void>
  /** False when no key is awaited, or not this one: it is lost. */
  press(contactId: string, key: string): Promise<boolean>
  /** Nobody presses a key in time. False when none is awaited. */
  silence(contactId: string): Promise<boolean>
  /** The callee hangs up, or declines while it rings. */
  hangUp(contactId: string): void
  noAnswer(contactId: string): void
}

/** The phones of several vendors as one. */
export function phonesOf(vendors: Phones[]): Phones {
  const of = (contactId: string): Phones => {
    const found = vendors.find(({ calls }) => calls.some((call) => call.contactId === contactId))
    if (found === undefined) throw new Error(`no call has the contact id ${contactId}`)
    return found
  }
  return {
    get calls() {
      return vendors.flatMap(({ calls }) => calls).sort((a, b) => a.initiatedAt - b.initiatedAt)
    },
    get refused() {
      return vendors.flatMap(({ refused }) => refused)
    },
    answer: (id) => of(id).answer(id),
    press: (id, key) => of(id).press(id, key),
    silence: (id) => of(id).silence(id),
    hangUp: (id) => of(id).hangUp(id),
    noAnswer: (id) => of(id).noAnswer(id),
  }
}
