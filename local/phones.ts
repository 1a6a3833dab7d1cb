import { voiceRoutes } from '../shared/channels/registered/voice-routes.ts'
import type { Bilingual } from '../shared/contracts/words.ts'
import { numbersOf } from '../shared/oncall/numbers.ts'
import type { Directory } from '../shared/oncall/plan.ts'
import type { SimulatedCall } from '../test/simulators/connect/simulated-call.ts'
import type { Phones } from '../test/simulators/phones.ts'
import type { Sandbox } from '../test/simulators/sandbox.ts'
import type { Sandboxes } from './sandboxes.ts'

/** A call, with the keys that the route by which it came takes. */
export interface Call extends SimulatedCall {
  menu: { key: string; menu: Bilingual }[]
}

/** A phone of somebody on call, or one that rang and is nobody's. */
export interface Phone {
  number: string
  name?: string
  /** What goes on. */
  call?: Call
  /** The newest that is over. */
  last?: Call
}

/** The phones of those on call in their order; those that ring or are spoken into come first, the oldest call before all. */
export function phonesIn(sandboxes: Pick<Sandboxes, 'running'>, { contacts }: Pick<Directory, 'contacts'>): Phone[] {
  const calls = callsIn(sandboxes)
  const people = new Map(Object.values(contacts).flatMap((one) => numbersOf(one).map((number) => [number, one.name])))
  const numbers = [...new Set([...people.keys(), ...calls.map(({ to }) => to)])]
  const phones = numbers.map((number): Phone => {
    const own = calls.filter(({ to }) => to === number)
    const call = own.find(isLive)
    const last = own.findLast((one) => !isLive(one))
    const name = people.get(number)
    return { number, ...(name !== undefined && { name }), ...(call && { call }), ...(last && { last }) }
  })
  const since = ({ call }: Phone) => call?.initiatedAt ?? Number.MAX_SAFE_INTEGER
  return phones.toSorted((one, other) => since(one) - since(other))
}

/** All calls ever placed, oldest first. */
function callsIn({ running }: Pick<Sandboxes, 'running'>): Call[] {
  const calls = [...running].flatMap(([type, sandbox]) => {
    const route = voiceRoutes[type]
    if (route === undefined) return []
    const menu = route.keys.map(({ key, menu }) => ({ key, menu }))
    return (sandbox as Sandbox & Phones).calls.map((call) => ({ ...call, menu }))
  })
  return calls.toSorted((one, other) => one.initiatedAt - other.initiatedAt)
}

const isLive = ({ state }: SimulatedCall) => state !== 'disconnected'

/** Why something was not done with a phone. */
export type PhoneRefusal = 'gone' | 'not ringing' | 'not listening'

/** What may be done with a phone. */
export type PhoneAction = 'answer' | 'no-answer' | 'hangup' | { press: string }

/** The action of a word, and of a key where it is `press`, as addresses have them; undefined: it is none. */
export function phoneAction(word: string, key: string): PhoneAction | undefined {
  if (word === 'press') return /^[0-9*#]$/.test(key) ? { press: key } : undefined
  return (['answer', 'no-answer', 'hangup'] as const).find((one) => one === word)
}

/** Does something with a phone, or says why not. The call goes on by itself; whoever looks sees it as it happens. */
export function playPhone(phones: Phones, id: string, action: PhoneAction): PhoneRefusal | undefined {
  const call = phones.calls.find(({ contactId }) => contactId === id)
  if (call === undefined || !isLive(call)) return 'gone'
  if (action === 'hangup') phones.hangUp(id)
  else if (typeof action === 'object') {
    if (!call.listening) return 'not listening'
    void phones.press(id, action.press)
  } else {
    if (call.state !== 'ringing') return 'not ringing'
    if (action === 'answer') void phones.answer(id)
    else phones.noAnswer(id)
  }
  return undefined
}
