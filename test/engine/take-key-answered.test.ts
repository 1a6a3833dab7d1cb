import { describe, expect, it } from 'vitest'
import { flow, ringing } from './contact-flow.ts'
import { PathWorld, policy } from './world.ts'

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
    world.places = [{ status: 'placed', contactId: 'contact-lin-2' }]
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
