import { describe, expect, it } from 'vitest'
import { callInputOf } from '../../shared/channels/registry.calls.ts'
import { answerCall } from '../../shared/engine/take-key.ts'
import type { Table } from '../../shared/store/table.ts'
import { MemoryTable } from '../store/memory-table.ts'
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
function flow(world: PathWorld, what: 'answered' | '1' | '3' | '9' | 'no-key', asked: Asked = {}) {
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
async function ringing(...keys: string[]): Promise<PathWorld> {
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

describe('answered', () => {
  it('hears what is wrong, in its language', async () => {
    const world = await ringing('收银台')

    expect(await flow(world, 'answered')).toEqual({
      result: 'ok',
      say: '值班告警1001号：支付项目的收银台告警，已持续不到1分钟。认领请按1，重听请按2，转给下一位请按9。',
    })
    const english = await flow(world, 'answered', { contact: 'tan', language: 'en' })
    expect(english.result).toBe('ok')
    expect(english.say).toMatch(/^On-call alert ten oh one\. .* Press 1 to take it, 2 to repeat, 9 to pass it on\.$/)
  })

  it('hears of several that they are several, those that came while it rang among them', async () => {
    const world = await ringing('web', 'db', 'cache')
    const answer = await flow(world, 'answered')

    expect(answer.result).toBe('several')
    expect(answer.say).toContain('支付项目有3个告警')
    expect(world.phoneLine().waiting).toEqual([])
  })

  it('hears that somebody else has it', async () => {
    const world = await ringing('web')
    await flow(world, 'answered', { contact: 'tan' })
    await flow(world, '1', { contact: 'tan' })

    expect(await flow(world, 'answered')).toEqual({
      result: 'taken',
      say: 'Tan Wei已认领，无需处理，再见。',
    })
  })

  it('hears that it is over', async () => {
    const world = await ringing('web')
    await world.alert('resolve', { at: world.now })

    expect(await flow(world, 'answered', { language: 'en' })).toEqual({
      result: 'taken',
      say: 'It is taken care of. Nothing to do. Goodbye.',
    })
  })

  it('of a call that nobody knows is told no lie: the flow goes on with the message that it carries', async () => {
    const world = new PathWorld()

    expect((await flow(world, 'answered', { seq: 7 })).result).toBe('failed')
    expect((await flow(world, '1', { seq: 7 })).result).toBe('failed')
    expect(world.incidents.rows.size).toBe(0)
  })

  it('is asked twice, and hears the same', async () => {
    const world = await ringing('web')
    const first = await flow(world, 'answered')

    expect(await flow(world, 'answered')).toEqual(first)
  })

  it('acknowledges where an answer does, and hears what it has taken', async () => {
    const world = await ringing('web')
    world.config.policies.default = policy({ acknowledgeOn: 'answer' })
    await world.alert('trigger', { dedupKey: 'db', title: 'db' })
    await world.settle()
    await world.contact({ type: 'disconnected', contactId: 'contact-lin-1', answered: false })
    await world.settle()
    const answer = await flow(world, 'answered', { seq: 2 })

    expect(world.incident('pay', 'db')).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: { name: '林悦' } },
    })
    expect(answer.result).toBe('ok')
    expect(answer.say).toContain('db')
  })
})

describe('key 1', () => {
  it('acknowledges, says so, and the other phone is called off', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')

    expect(await flow(world, '1')).toEqual({ result: 'ok', say: '已认领1001号，再见。' })
    expect(world.incident()).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: { contact: 'lin', name: '林悦' }, via: 'phone' },
    })
    await world.settle()
    expect(world.calls.at(-1)).toBe('connect stop contact-tan-1')
    expect(world.texts).toEqual(['ops opened', 'ops acknowledged'])
  })

  it('acknowledges all that the call is about', async () => {
    const world = await ringing('web', 'db')
    await flow(world, 'answered')

    expect(await flow(world, '1', { language: 'en' })).toEqual({
      result: 'ok',
      say: 'Acknowledged, two alerts. Goodbye.',
    })
    expect(['web', 'db'].map((key) => world.incident('pay', key).status)).toEqual(['acknowledged', 'acknowledged'])
  })

  it('comes again: the same answer, and nothing more', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    const first = await flow(world, '1')
    await world.settle()
    const texts = [...world.texts]

    expect(await flow(world, '1')).toEqual(first)
    await world.settle()
    expect(world.texts).toEqual(texts)
  })

  it('a moment too late hears who has it', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    await flow(world, 'answered', { contact: 'tan', language: 'en' })
    await flow(world, '1')

    expect(await flow(world, '1', { contact: 'tan', language: 'en' })).toEqual({
      result: 'taken',
      say: 'It is taken care of. Nothing to do. Goodbye.',
    })
    expect(world.incident().acknowledged?.by?.contact).toBe('lin')
  })

  it('after the hang-up still acknowledges', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    await world.contact({ type: 'disconnected', contactId: 'contact-lin-1', answered: true })
    await world.until('02:13:30')
    expect(world.phoneLine().call).toBeUndefined()

    expect((await flow(world, '1')).result).toBe('ok')
    expect(world.incident().status).toBe('acknowledged')
  })

  it('that cannot be recorded says so, and the calls go on', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    const put = world.incidents.putIfVersion
    world.incidents.putIfVersion = () => Promise.reject(new Error('table throttled'))

    expect(await flow(world, '1')).toEqual({ result: 'failed', say: '系统还没有记录您的按键，请再按一次。' })
    expect((await flow(world, '1', { language: 'en' })).say).toContain('not recorded yet')
    world.incidents.putIfVersion = put
    expect(world.incident().status).toBe('open')
    expect((await flow(world, '1')).result).toBe('ok')
  })

  it('that reaches the phone line but not the incident does not say that it did', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    const put = world.incidents.putIfVersion.bind(world.incidents)
    world.incidents.putIfVersion = async (row, expected) => {
      if (row.pk.startsWith('incident#')) throw new Error('table throttled')
      return put(row, expected)
    }
    expect((await flow(world, '1')).result).toBe('failed')

    world.incidents.putIfVersion = put
    await world.until('02:13:30')
    expect(world.incident().status).toBe('acknowledged')
  })
})

describe('the other keys', () => {
  it('9 passes on, and says to whom', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')

    expect(await flow(world, '9')).toEqual({ result: 'ok', say: '已转给王磊，再见。' })
    await world.settle()
    expect(world.calls.at(-1)).toContain(phones.wang)
  })

  it('9 for what somebody has taken says that', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    await world.alert('resolve', { at: world.now })

    expect(await flow(world, '9')).toEqual({ result: 'ok', say: '告警已处理，无需操作，再见。' })
  })

  it('3 reads each of several, and changes nothing', async () => {
    const world = await ringing('web', 'db')
    await flow(world, 'answered')
    const before = structuredClone(world.phoneLine())
    const answer = await flow(world, '3')

    expect(answer.result).toBe('ok')
    expect(answer.say).toMatch(/1001号.*web.*1002号.*db.*全部认领请按1/)
    expect(world.phoneLine()).toEqual(before)
  })

  it('none says what happens next, and the layer goes on', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')

    expect(await flow(world, 'no-key')).toEqual({ result: 'ok', say: '没有收到按键，稍后将再次呼叫或转给下一位。' })
    expect(world.incident().escalation.attempts[0]?.status).toBe('no-key')
    expect((await flow(world, 'no-key', { language: 'en' })).say).toContain('No key received')
  })
})

it.each([
  { what: 'an unknown key', change: { Parameters: { action: 'key', key: '7' } } },
  { what: 'no parameters', change: { Parameters: {} } },
  { what: 'no phone line', change: { ContactData: { ContactId: 'c', Attributes: { seq: '1', language: 'zh' } } } },
  {
    what: 'a sequence that is no number',
    change: { ContactData: { ContactId: 'c', Attributes: { phoneHash: 'p', seq: 'x', language: 'zh' } } },
  },
])('a flow with $what is none of ours', ({ change }) => {
  const Details = {
    ContactData: { ContactId: 'c', Attributes: { phoneHash: 'p', seq: '1', language: 'zh' } },
    Parameters: { action: 'answered' },
  }
  expect(callInputOf({ Name: 'ContactFlowEvent', Details })).toMatchObject({ did: { type: 'answered' } })

  expect(callInputOf({ Name: 'ContactFlowEvent', Details: { ...Details, ...change } })).toBeUndefined()
})

describe('a key that could not be written down', () => {
  class Hanging extends MemoryTable {
    override get = () => new Promise<never>(() => {})
  }
  class Refusing extends MemoryTable {
    override get = () => Promise.reject(new Error('TimeoutError'))
  }

  it.each([
    { because: 'a request hangs', incidents: new Hanging(), patience: AbortSignal.abort() },
    { because: 'the table refuses', incidents: new Refusing(), patience: new AbortController().signal },
  ])('since $because, is asked for again, and counts though nobody presses it again', async (trouble) => {
    const world = await ringing('web')
    await flow(world, 'answered')
    const answer = await flow(world, '1', trouble)

    expect(answer).toEqual({ result: 'failed', say: '系统还没有记录您的按键，请再按一次。' })
    expect(world.incident().status).toBe('open')
    await world.settle()
    expect(world.incident()).toMatchObject({ status: 'acknowledged', acknowledged: { by: { contact: 'lin' } } })
  })

  it('and is pressed again is one acknowledgement', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    await flow(world, '1', { incidents: new Refusing() })
    expect((await flow(world, '1')).result).toBe('ok')
    const before = world.texts.length
    await world.settle()

    expect(world.texts.slice(before)).toEqual(['ops acknowledged'])
  })

  it('is kept only if it decides something', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    await world.settle()
    const before = world.queue.length
    for (const what of ['answered', '3', 'no-key'] as const) await flow(world, what, { incidents: new Refusing() })

    expect(world.queue).toHaveLength(before)
  })

  it('is admitted to be lost when the queue does not take it either', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    world.queue.push = () => {
      throw new Error('ServiceUnavailable')
    }

    expect((await flow(world, '1', { incidents: new Refusing() })).result).toBe('failed')
    expect(world.logged).toContainEqual(expect.objectContaining({ event: 'key lost' }))
  })
})
