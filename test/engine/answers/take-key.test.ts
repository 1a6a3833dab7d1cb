import { describe, expect, it } from 'vitest'
import { callInputOf } from '../../../shared/channels/voice/calls.ts'
import { at } from '../../messages/notices.ts'
import { flow, ringing } from '../contact-flow.ts'
import { phones } from '../world.ts'

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

describe('key 4', () => {
  it('takes it for an hour and says so; then it pages again, and says who had it', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')

    expect(await flow(world, '4')).toEqual({
      result: 'ok',
      say: '已认领1001号一小时，到时未恢复将再次呼叫，再见。',
    })
    expect(world.incident()).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: { contact: 'lin' }, via: 'phone', key: '4' },
      ackEnd: { at: at('03:13:01'), snoozed: true },
    })
    expect((await flow(world, '4', { language: 'en' })).say).toBe(
      'Acknowledged for an hour, ten oh one. We will call again if it goes on. Goodbye.',
    )
    await world.until('03:13:01')
    await world.page({ v: 1, kind: 'step', incident: 'pay#1#web', step: world.incident().step })
    await world.settle()
    expect(world.incident()).toMatchObject({ status: 'open', lapse: { why: 'snooze-over' } })
    expect(world.calls.filter((call) => !call.includes('stop'))).toHaveLength(4)
  })

  it('that the tables cannot take is kept, and counts later', async () => {
    const world = await ringing('web')
    await flow(world, 'answered')
    const put = world.incidents.putIfVersion
    world.incidents.putIfVersion = () => Promise.reject(new Error('table throttled'))
    expect((await flow(world, '4')).result).toBe('failed')
    world.incidents.putIfVersion = put
    await world.settle()
    expect(world.incident()).toMatchObject({ status: 'acknowledged', ackEnd: { snoozed: true } })
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
