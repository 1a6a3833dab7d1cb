import { afterEach, describe, expect, it } from 'vitest'
import { refusalOf, sdkOf } from './connect/client.ts'
import type { ConnectOptions } from './connect/connect.ts'
import { INSTANCE_ARN, START, sample, startTestInstance, type TestInstance } from './connect/instance.ts'

let instance: TestInstance | undefined
afterEach(async () => {
  await instance?.sim.close()
  instance = undefined
})

async function start(options: Partial<ConnectOptions> = {}) {
  instance = await startTestInstance(options)
  return { ...instance, ...sdkOf(instance.sim) }
}

describe('the life of a call', () => {
  it('rings, is answered, hears the message, presses 1 and is thanked', async () => {
    const { sim, clock, dial, look, lambda, emitted } = await start()
    const id = await dial({ Name: 'page p-1', Description: 'web-cpu-high' })
    expect(sim.calls[0]?.state).toBe('ringing')
    expect((await look(id))?.ConnectedToSystemTimestamp).toBeUndefined()

    clock.advance(12_000)
    await sim.answer(id)
    expect(sim.calls[0]).toMatchObject({ state: 'answered', listening: true })
    expect(sim.calls[0]?.transcript).toEqual([
      { voice: 'Zhiyu', text: 'Server C P U too high . Press 1 to acknowledge, 2 to repeat, 9 to escalate.' },
    ])

    clock.advance(3000)
    await sim.press(id, '1')
    expect(sim.calls[0]).toMatchObject({ state: 'disconnected', keys: ['1'], attributes: { ack: '1' } })
    expect(sim.calls[0]?.transcript.at(-1)).toEqual({ voice: 'Zhiyu', text: 'Thank you. The page is acknowledged.' })
    expect(lambda.map(({ event }) => (event as { Details: { Parameters: object } }).Details.Parameters)).toEqual([
      { action: 'answered', pageId: 'p-1', attempt: '1' },
      { action: 'ack', pageId: 'p-1', attempt: '1' },
    ])
    expect(emitted.map(({ detail }) => detail.eventType)).toEqual([
      'INITIATED',
      'CONNECTED_TO_SYSTEM',
      'DISCONNECTED',
      'COMPLETED',
    ])
  })

  it('tells EventBridge in the documented shape', async () => {
    const { sim, clock, dial, emitted } = await start()
    const id = await dial()
    clock.advance(12_000)
    await sim.answer(id)
    clock.advance(0)
    sim.hangUp(id)
    const unchanged = { id: expect.any(String), time: expect.stringMatching(/^2026-11-21T03:0\d:\d\dZ$/) }
    const resources = [`${INSTANCE_ARN}/contact/${id}`, INSTANCE_ARN]
    const names = ['initiated', 'connected-to-system', 'disconnected-answered', 'completed']
    for (const [at, name] of names.entries()) {
      const expected = sample(`connect-event-${name}`)
      const ended = expected.detail.disconnectTimestamp !== undefined && {
        disconnectTimestamp: '2026-11-21T03:03:17.000Z',
        disconnectReason: 'CUSTOMER_DISCONNECT',
      }
      const detail = { ...expected.detail, contactId: id, initialContactId: id, ...ended }
      expect(emitted[at]).toEqual({ ...expected, ...unchanged, resources, detail })
    }
    expect(emitted).toHaveLength(4)
  })

  it('gives the Lambda function the documented event', async () => {
    const { sim, dial, lambda } = await start()
    const id = await dial()
    await sim.answer(id)
    const expected = sample('connect-lambda-event')
    Object.assign(expected.Details.ContactData, { ContactId: id, InitialContactId: id, PreviousContactId: id })
    expected.Details.Parameters = { action: 'answered', pageId: 'p-1', attempt: '1' }
    expect(lambda).toEqual([{ arn: 'arn:aws:lambda:us-east-1:123456789012:function:oncall-flow', event: expected }])
  })

  it('describes a call in the documented shape at each stage', async () => {
    const { sim, clock, dial, look } = await start()
    const documented = (stage: string, id: string, more: object) => {
      const { Contact } = sample(`connect-describe-contact-${stage}`)
      const date = (seconds: number | undefined) => seconds && new Date(seconds * 1000)
      return {
        ...Contact,
        Id: id,
        Arn: `${INSTANCE_ARN}/contact/${id}`,
        InitiationTimestamp: date(Contact.InitiationTimestamp),
        LastUpdateTimestamp: date(Contact.LastUpdateTimestamp),
        ...(Contact.ConnectedToSystemTimestamp && {
          ConnectedToSystemTimestamp: date(Contact.ConnectedToSystemTimestamp),
        }),
        ...(Contact.DisconnectTimestamp && { DisconnectTimestamp: date(Contact.DisconnectTimestamp) }),
        ...more,
      }
    }
    const [answered, unanswered] = [await dial(), await dial()]
    expect(await look(answered)).toEqual(documented('ringing', answered, { LastUpdateTimestamp: new Date(START) }))
    clock.advance(12_000)
    await sim.answer(answered)
    clock.advance(48_000)
    sim.hangUp(answered)
    const hungUp = { DisconnectReason: 'CUSTOMER_DISCONNECT' }
    expect(await look(answered)).toEqual(documented('answered', answered, hungUp))
    const rangOut = { DisconnectReason: 'TELECOM_TIMEOUT' }
    expect(await look(unanswered)).toEqual(documented('unanswered', unanswered, rangOut))
  })

  it.each([
    ['nobody answers', 'noAnswer', 'TELECOM_UNANSWERED'],
    ['the line is busy', 'busy', 'TELECOM_BUSY'],
    ['the callee declines', 'decline', 'TELECOM_BUSY'],
    ['the callee declines by hanging up', 'hangUp', 'TELECOM_BUSY'],
  ] as const)('%s: %s', async (_why, end, reason) => {
    const { sim, dial, emitted } = await start()
    const id = await dial()
    sim[end](id)
    expect(emitted.map(({ detail }) => [detail.eventType, detail.disconnectReason])).toEqual([
      ['INITIATED', undefined],
      ['DISCONNECTED', reason],
      ['COMPLETED', reason],
    ])
    const { detail } = sample('connect-event-disconnected-unanswered')
    expect(Object.keys(emitted[1]?.detail ?? {})).toEqual(Object.keys(detail))
    await expect(sim.answer(id)).rejects.toThrow('is disconnected, it does not ring')
  })

  it('rings out after its time, and not before', async () => {
    const { sim, clock, dial } = await start({ ringMs: 20_000 })
    await dial()
    clock.advance(19_999)
    expect(sim.calls[0]?.state).toBe('ringing')
    clock.advance(1)
    expect(sim.calls[0]).toMatchObject({ state: 'disconnected', disconnectReason: 'TELECOM_TIMEOUT' })
  })

  it('does not ring out once answered', async () => {
    const { sim, clock, dial } = await start({ speakingMs: () => 120_000 })
    const id = await dial()
    await sim.answer(id)
    clock.advance(61_000)
    expect(sim.calls[0]?.state).toBe('answered')
  })

  it('a hang-up ends the flow, whatever it waits for; keys pressed after it are lost', async () => {
    let back = (_: unknown) => {}
    const { sim, dial, lambda, told } = await start({
      invokeLambda: () => new Promise((resolve) => (back = resolve)),
    })
    const id = await dial()
    const answered = sim.answer(id)
    expect(await sim.press(id, '1')).toBe(false)
    sim.hangUp(id)
    await answered
    back({ result: 'ok' })
    await new Promise(setImmediate)
    expect(sim.calls[0]).toMatchObject({ disconnectReason: 'CUSTOMER_DISCONNECT', transcript: [], keys: [] })
    expect(await sim.press(id, '1')).toBe(false)
    expect(await sim.silence(id)).toBe(false)
    expect(lambda).toHaveLength(1)
    expect(told.map(({ type }) => type)).toEqual(['ring', 'answered', 'disconnected'])
  })

  it('a hang-up while the menu waits ends the waiting', async () => {
    const { sim, clock, dial } = await start()
    const id = await dial()
    await sim.answer(id)
    sim.hangUp(id)
    expect(await sim.press(id, '1')).toBe(false)
    clock.advance(60_000)
    await new Promise(setImmediate)
    expect(sim.calls[0]).toMatchObject({ keys: [], listening: false, disconnectReason: 'CUSTOMER_DISCONNECT' })
    expect(sim.calls[0]?.transcript).toHaveLength(1)
  })

  it('silence goes on to the next round at once; after three rounds the flow ends', async () => {
    const { sim, dial, lambda } = await start()
    const id = await dial()
    await sim.answer(id)
    for (const round of [1, 2, 3]) {
      expect(sim.calls[0]?.transcript).toHaveLength(round)
      expect(await sim.silence(id)).toBe(true)
    }
    expect(sim.calls[0]).toMatchObject({ state: 'disconnected', disconnectReason: 'CONTACT_FLOW_DISCONNECT', keys: [] })
    expect(lambda.at(-1)?.event).toMatchObject({ Details: { Parameters: { action: 'no-ack' } } })
  })

  it('the input time limit counts from the end of the speech, on the passed clock', async () => {
    const { sim, clock, dial } = await start({ speakingMs: () => 5000 })
    const id = await dial()
    await sim.answer(id)
    clock.advance(12_999)
    await new Promise(setImmediate)
    expect(sim.calls[0]?.transcript).toHaveLength(1)
    clock.advance(1)
    await new Promise(setImmediate)
    expect(sim.calls[0]?.transcript).toHaveLength(2)
  })

  it('tells a watcher everything in order, and the phone may answer from within the hook', async () => {
    const spoken: string[] = []
    const { sim, dial, told } = await start({
      onRing: (call) => void instance?.sim.answer(call.contactId),
      onSpeak: (_call, { text }) => spoken.push(text),
    })
    const id = await dial()
    await new Promise(setImmediate)
    await sim.press(id, '9')
    expect(told.map(({ type }) => type)).toEqual([
      'ring',
      'answered',
      'speak',
      'listening',
      'key',
      'speak',
      'disconnected',
    ])
    expect(spoken.at(-1)).toBe('The page goes to the next person.')
  })

  it('refuses keys that no phone has', async () => {
    const { sim, dial } = await start()
    const id = await dial()
    await sim.answer(id)
    await expect(sim.press(id, 'x')).rejects.toThrow('no phone has a key "x"')
    await expect(sim.press('nobody', '1')).rejects.toThrow('no call has the contact id nobody')
  })
})

describe('EventBridge is best effort', () => {
  it('loses and duplicates what it is told to', async () => {
    const copies: Record<string, number> = { INITIATED: 0, CONNECTED_TO_SYSTEM: 2, DISCONNECTED: 0, COMPLETED: 1 }
    const { sim, dial, emitted } = await start({ copies: ({ detail }) => copies[detail.eventType] ?? 1 })
    const id = await dial()
    await sim.answer(id)
    sim.hangUp(id)
    expect(emitted.map(({ detail }) => detail.eventType)).toEqual([
      'CONNECTED_TO_SYSTEM',
      'CONNECTED_TO_SYSTEM',
      'COMPLETED',
    ])
    expect(emitted[0]?.id).toBe(emitted[1]?.id)
  })

  it('a rule that fails loses the event, and the call goes on', async () => {
    const { sim, dial, told } = await start({ emit: () => Promise.reject(new Error('bus is down')) })
    const id = await dial()
    await sim.delivered()
    expect(told.filter(({ type }) => type === 'event-lost')).toMatchObject([{ reason: 'Error: bus is down' }])
    await sim.answer(id)
    expect(sim.calls[0]?.listening).toBe(true)
  })
})

describe('StopContact', () => {
  it('cancels a ringing call, ends an answered one, and knows no ended or unknown one', async () => {
    const { sim, dial, stop } = await start()
    const ringing = await dial()
    await stop(ringing)
    const answered = await dial()
    await sim.answer(answered)
    await stop(answered)
    expect(sim.calls.map(({ disconnectReason }) => disconnectReason)).toEqual(['TELECOM_ORIGINATOR_CANCEL', 'OTHER'])
    expect(await refusalOf(stop(ringing))).toBe('ContactNotFoundException 410')
    expect(await refusalOf(stop('nobody'))).toBe('ContactNotFoundException 410')
  })
})
