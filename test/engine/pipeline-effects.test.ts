import { expect, it } from 'vitest'
import type { Entry } from '../../shared/contracts/machine.ts'
import type { EscalationKind } from '../../shared/contracts/step.ts'
import type { RecipientQueue, RecipientQueueEffect } from '../../shared/delivery/recipient-queue/queue.ts'
import { dispatchToIncident, dispatchToPhoneLine, dispatchToRecipientQueue } from '../../shared/engine/dispatch.ts'
import type { Leads } from '../../shared/engine/intake.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import { effects } from '../../shared/engine/pipeline.ts'
import { dispatchToDuty } from '../../shared/engine/regions/duty.ts'
import type { DutyEffect, DutyRecord } from '../../shared/incidents/duty/record.ts'
import type { Incident, IncidentEffect } from '../../shared/incidents/incident.ts'
import type { PhoneLine, PhoneLineEffect } from '../../shared/phoneline/phone-line.ts'
import { dutyKey, incidentKey, phoneLineKey, recipientKey } from '../../shared/store/keys.ts'
import type { Row, RowKey } from '../../shared/store/table.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { PathWorld } from './world.ts'

const NOW = Date.parse('2026-11-22T02:13:00+08:00')
const of = { project: 'pay', groupKey: 'web' }
const reference = 'pay#1#web'
const phoneHash = 'person-lin'
const recipient = 'dingtalk#0123'
const pace = { posts: 6, windowMs: 30_000 }

/** Where an item of the incidents table belongs: whoever reads or writes it has got there. */
const places: [prefix: string, sk: string, leads: Leads][] = [
  ['phone-line#', 'state', { machine: 'phone line' }],
  ['incident#', 'state', { machine: 'incident' }],
  ['incident#', 't#', { record: 'timeline' }],
  ['incident#', 'g#', { record: 'generations' }],
  ['number#', 'state', { record: 'numbers' }],
  ['contact#', 'phone-line', { record: 'contacts' }],
]

/** Carries out one effect, found in the outbox of an item after a crash, and says where that led beside the item itself. */
async function led(
  key: RowKey,
  state: Incident | PhoneLine | RecipientQueue | DutyRecord,
  effect: IncidentEffect | PhoneLineEffect | RecipientQueueEffect | DutyEffect,
  companion: IncidentEffect | PhoneLineEffect | RecipientQueueEffect | DutyEffect,
  go: (io: EngineIo) => Promise<unknown>,
): Promise<Leads[]> {
  const found: Leads[] = []
  const table = new MemoryTable()
  const entry: Entry<unknown> = {
    id: '1.0',
    effect,
    decidedAt: NOW,
    leaseUntil: 0,
    notBefore: 0,
    tries: 0,
    uncertain: 0,
  }
  // A record waits until something else of its item is carried out.
  const outbox = [entry, { ...entry, id: '1.1', effect: companion }]
  await table.putIfVersion(
    { ...key, version: 1, v: 1, state: JSON.stringify(state), outbox: JSON.stringify(outbox) },
    0,
  )
  const note = (...keys: RowKey[]) => {
    for (const { pk, sk } of keys) {
      if (pk === key.pk && sk === key.sk) continue
      const place = places.find(([prefix, start]) => pk.startsWith(prefix) && sk.startsWith(start))
      if (place === undefined) throw new Error(`Nobody knows what ${pk} ${sk} is`)
      found.push(place[2])
    }
  }
  const get = table.get.bind(table)
  const putIfVersion = table.putIfVersion.bind(table)
  const put = table.put.bind(table)
  table.get = (one) => {
    note(one)
    return get(one)
  }
  table.putIfVersion = (row, expected) => {
    note(row)
    return putIfVersion(row, expected)
  }
  table.put = (rows: Row[]) => {
    note(...rows)
    return put(rows)
  }
  const surroundings = new PathWorld()
  surroundings.now = NOW
  await go(
    surroundings.io({
      incidents: table,
      escalate: async ({ kind }) => void found.push({ queue: kind as EscalationKind }),
      place: { own: 'ap-southeast-1', order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 60_000 },
      peers: {
        ...{ deployment: 'prod', secret: 'secret', ask: expect.unreachable },
        send: async () => void found.push({ world: 'the other regions' }),
      },
      gateway: {
        notice: async () => {
          found.push({ world: 'vendors' })
          return { status: 'done' }
        },
        turn: () => async () => ({ type: 'stale' }),
        answerPress: async () => {},
        subscriber: async () => {},
        receipt: async () => undefined,
        answer: async () => ({ status: 'sent' }),
        letter: async () => ({ status: 'sent' }),
        post: async () => {
          found.push({ world: 'vendors' })
          return { status: 'done' }
        },
        dial: async () => {
          found.push({ world: 'people’s phones' })
          return { status: 'done' }
        },
        stop: async () => {
          found.push({ world: 'people’s phones' })
          return { status: 'done' }
        },
      },
    }),
  )
  expect(surroundings.logged.filter(({ level }) => level !== 'info')).toEqual([])
  return found
}

const world = new PathWorld()
await world.alert('trigger')
const incident = world.incident()
const { number, step } = incident
const call = { phoneHash, incident: reference, step }
const notice = {
  type: 'notice',
  kind: 'opened',
  incident: reference,
  at: NOW,
  extras: {},
  to: { chat: 'ops' },
} as const
const ofIncident: { [Type in IncidentEffect['type']]: Extract<IncidentEffect, { type: Type }> } = {
  cancel: { type: 'cancel', ...call },
  call: { type: 'call', ...call, severity: 'critical' },
  step: { type: 'step', incident: reference, step, at: NOW },
  peer: { type: 'peer', to: 'ap-northeast-1', incident: reference, step },
  notice,
  number: { type: 'number', number, generation: 1 },
  past: { type: 'past', incident },
  member: {
    type: 'member',
    of: 'pay#1#api',
    entry: { kind: 'merged', what: 'member', number, at: NOW, generation: 1, action: { at: NOW, via: 'cli' } },
  },
  timeline: { type: 'timeline', entry: { kind: 'note', at: NOW, generation: 1, by: 'lin', text: 'looking' } },
}

it.each(Object.values(ofIncident))('an incident’s $type leads where the pipeline says', async (effect) => {
  const found = await led(incidentKey(of), incident, effect, notice, (io) => dispatchToIncident(of, 'deliver', io))
  const said = [effects.incident[effect.type], effects.incident.notice]
  expect(sorted(found)).toEqual(sorted(said))
})

const line: PhoneLine = {
  phoneHash,
  seq: 1,
  waiting: [],
  past: [],
  settled: {},
  call: {
    seq: 1,
    phase: 'dialling',
    about: [{ incident: reference, step }],
    since: NOW,
    askedAt: NOW,
  },
}
const stop = { type: 'stop', seq: 1, contactId: 'contact-1', route: 0 } as const
const ofLine: { [Type in PhoneLineEffect['type']]: Extract<PhoneLineEffect, { type: Type }> } = {
  dial: { type: 'dial', phoneHash, seq: 1, incidents: [reference] },
  stop,
  link: { type: 'link', phoneHash, seq: 1, contactId: 'contact-1' },
  deadline: { type: 'deadline', phoneHash, seq: 1, at: NOW },
  outcome: { type: 'outcome', ...call, outcome: 'unanswered' },
  acknowledge: { type: 'acknowledge', phoneHash, incident: reference },
}

it.each(Object.values(ofLine))('a phone line’s $type leads where the pipeline says', async (effect) => {
  const key = phoneLineKey(phoneHash)
  const found = await led(key, line, effect, stop, (io) => dispatchToPhoneLine(phoneHash, 'deliver', io))
  const said = [effects['phone line'][effect.type], effects['phone line'].stop]
  expect(sorted(found)).toEqual(sorted(said))
})

const queue: RecipientQueue = { recipient, pace, seq: 1, turnAt: NOW, waiting: [], posting: [[notice]], recent: [] }
const ofQueue: { [Type in RecipientQueueEffect['type']]: Extract<RecipientQueueEffect, { type: Type }> } = {
  turn: { type: 'turn', recipient, pace, seq: 1, at: NOW },
  post: { type: 'post', recipient },
  outcome: { type: 'outcome', effect: notice, status: 'sent' },
}

it.each(Object.values(ofQueue))('a recipient queue’s $type leads where the pipeline says', async (effect) => {
  const key = recipientKey(recipient)
  const found = await led(key, queue, effect, ofQueue.post, (io) => dispatchToRecipientQueue(recipient, 'deliver', io))
  const said = [effects['recipient queue'][effect.type], effects['recipient queue'].post]
  expect(sorted(found)).toEqual(sorted(said))
})

const duty: DutyRecord = {
  ...{ serving: 'ap-southeast-1', since: NOW, history: [], said: { at: NOW, by: 'lin', region: 'ap-southeast-1' } },
  why: { code: 'duty-taken', args: { by: 'lin' } },
}
const ofDuty: { [Type in DutyEffect['type']]: Extract<DutyEffect, { type: Type }> } = {
  tell: { type: 'tell', to: 'ap-northeast-1', at: NOW },
  wake: { type: 'wake' },
}

it.each(
  Object.values(ofDuty),
)('what is to be done about duty, $type, leads where the pipeline says', async (effect) => {
  const found = await led(dutyKey(), duty, effect, ofDuty.tell, async (io) => {
    const guarded = { ...incident, escalation: { ...incident.escalation, phase: 'guarded' } }
    const row = { pk: 'incident#pay#web', sk: 'state', v: 1, state: JSON.stringify(guarded) }
    const incidents = Object.assign(new MemoryTable(), { listed: async () => [row] })
    await dispatchToDuty('deliver', { ...io, incidents, regions: io.incidents })
  })
  expect(sorted(found)).toEqual(sorted([effects.duty[effect.type], effects.duty.tell]))
})

/** Each place once, in an order of its own. */
function sorted(leads: Leads[]): string[] {
  return [...new Set(leads.map((one) => JSON.stringify(one)))].sort()
}
