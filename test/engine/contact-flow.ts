import { expect } from 'vitest'
import { callInputOf } from '../../shared/channels/voice/calls.ts'
import { answerCall } from '../../shared/engine/answers/take-key.ts'
import type { Table } from '../../shared/store/table.ts'
import { PathWorld, phones, policy } from './world.ts'

interface Asked {
  contact?: keyof typeof phones
  seq?: number
  language?: 'zh' | 'en'
  /** How long the tables are waited for. */
  patience?: AbortSignal
  /** Where the incidents are, if not in the world's own table. */
  incidents?: Table
}

/** The contact flow of somebody's call asks: `answered`, a key, or `no-key`. */
export function flow(world: PathWorld, what: 'answered' | '1' | '3' | '4' | '9' | 'no-key', asked: Asked = {}) {
  const { contact = 'lin', seq = 1, language = 'zh', patience = new AbortController().signal, incidents } = asked
  const Parameters = what === 'answered' || what === 'no-key' ? { action: what } : { action: 'key', key: what }
  const input = callInputOf({
    Name: 'ContactFlowEvent',
    Details: {
      ContactData: {
        ContactId: `contact-${contact}-${seq}`,
        Attributes: { phoneHash: `person-${phones[contact]}`, seq: String(seq), language },
        Channel: 'VOICE',
      },
      Parameters,
    },
  })
  if (input === undefined) throw new Error('no question of a flow')
  return answerCall(input, world.io(incidents === undefined ? {} : { incidents }), patience)
}

/** Alerts of these went out at 02:13, and Lin's phone rings about them. */
export async function ringing(...keys: string[]): Promise<PathWorld> {
  const world = new PathWorld({
    policies: {
      default: policy({
        layers: [
          { page: ['lin', 'tan'], calls: 1, ackTimeoutMs: 300_000 },
          { page: ['wang'], calls: 1, ackTimeoutMs: 300_000 },
        ],
      }),
    },
  })
  world.places = Object.values(phones).map((_, index) => ({
    status: 'placed',
    contactId: index === 0 ? 'contact-lin-1' : 'contact-tan-1',
  }))
  for (const dedupKey of keys) {
    await world.alert('trigger', { dedupKey, title: dedupKey })
    await world.settle()
    world.now += 1_000
  }
  expect(world.calls).toHaveLength(2)
  return world
}
