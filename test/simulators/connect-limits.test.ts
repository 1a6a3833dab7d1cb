import type { StartOutboundVoiceContactCommandInput } from '@aws-sdk/client-connect'
import { afterEach, describe, expect, it } from 'vitest'
import { refusalOf, sdkOf, TO } from './connect/client.ts'
import type { ConnectOptions } from './connect/connect.ts'
import { INSTANCE_ARN, startTestInstance, type TestInstance } from './connect/instance.ts'

let instance: TestInstance | undefined
afterEach(async () => {
  await instance?.sim.close()
  instance = undefined
})

async function start(options: Partial<ConnectOptions> = {}, keys: { id?: string; secret?: string } = {}) {
  instance = await startTestInstance(options)
  return { ...instance, ...sdkOf(instance.sim, keys) }
}

describe('what is refused', () => {
  it.each([
    ['a number without +', { DestinationPhoneNumber: '14155550101' }, 'InvalidParameterException 400'],
    ['a number that starts with 0', { DestinationPhoneNumber: '+0155550101' }, 'InvalidParameterException 400'],
    ['a number of 16 digits', { DestinationPhoneNumber: '+1234567890123456' }, 'InvalidParameterException 400'],
    ['an attribute key with a dot', { Attributes: { 'a.b': 'x' } }, 'InvalidParameterException 400'],
    ['an attribute of 32,768 characters', { Attributes: { a: 'x'.repeat(32_768) } }, 'InvalidParameterException 400'],
    ['attributes of 32,769 bytes', { Attributes: { a: '火'.repeat(10_922), b: 'x' } }, 'InvalidParameterException 400'],
    ['a token of 501 characters', { ClientToken: 'x'.repeat(501) }, 'InvalidParameterException 400'],
    ['ringing for 14 s', { RingTimeoutInSeconds: 14 }, 'InvalidParameterException 400'],
    ['ringing for 61 s', { RingTimeoutInSeconds: 61 }, 'InvalidParameterException 400'],
    ['a campaign', { TrafficType: 'CAMPAIGN' }, 'InvalidParameterException 400'],
    [
      'machine detection',
      { AnswerMachineDetectionConfig: { EnableAnswerMachineDetection: true } },
      'InvalidParameterException 400',
    ],
    ['an instance id that is an ARN', { InstanceId: INSTANCE_ARN }, 'ResourceNotFoundException 404'],
    ['an unknown flow', { ContactFlowId: 'other' }, 'ResourceNotFoundException 404'],
    ['an unknown queue', { QueueId: 'queue' }, 'ResourceNotFoundException 404'],
    ['an unclaimed source number', { SourcePhoneNumber: TO }, 'InvalidRequestException 400'],
    ['no source number', { SourcePhoneNumber: undefined }, 'InvalidRequestException 400'],
    ['a country not on the list', { DestinationPhoneNumber: '+8613800000001' }, 'DestinationNotAllowedException 403'],
  ] as [string, Partial<StartOutboundVoiceContactCommandInput>, string][])('%s', async (_why, more, expected) => {
    const { sim, dial } = await start({ destinations: ['+1'] })
    expect(await refusalOf(dial(more))).toBe(expected)
    expect(sim.calls).toEqual([])
    expect(sim.refused).toHaveLength(1)
  })

  it('the largest of everything passes', async () => {
    const { sim, dial } = await start()
    const Attributes = { a: '火'.repeat(10_922) } // 32,766 bytes, and the key
    await dial({ Attributes, ClientToken: 'x'.repeat(500), RingTimeoutInSeconds: 60, Name: 'n'.repeat(1024) })
    expect(sim.calls[0]?.attributes).toEqual(Attributes)
  })

  it.each([
    ['another secret', { secret: 'guess' }, 'InvalidSignatureException 403'],
    ['an unknown access key', { id: 'AKIDOTHER' }, 'UnrecognizedClientException 403'],
  ])('a signature with %s', async (_why, keys, expected) => {
    const { sim, dial } = await start({}, keys)
    expect(await refusalOf(dial())).toBe(expected)
    expect(sim.calls).toEqual([])
  })

  it('a signature older than five minutes', async () => {
    const { dial } = await start({ wallClock: () => Date.now() + 301_000 })
    expect(await refusalOf(dial())).toBe('InvalidSignatureException 403')
  })

  it('a request that was changed after it was signed', async () => {
    const { sim, dial } = await start()
    await dial()
    const [first] = sim.requests
    if (!first) throw new Error('nothing was sent')
    const sent = Object.fromEntries(Object.entries(first.headers).map(([name, value]) => [name, String(value)]))
    const replay = async (headers: Record<string, string>, body = first.body.toString()) => {
      const url = `${sim.url}/contact/outbound-voice`
      const answer = await fetch(url, { method: 'PUT', headers: { ...sent, ...headers }, body })
      const { Message } = (await answer.json()) as { Message?: string }
      return [answer.status, answer.headers.get('x-amzn-errortype'), Message]
    }
    const anything = expect.any(String)
    expect(await replay({})).toEqual([200, null, undefined])
    expect(await replay({}, first.body.toString().replace(TO, '+14155550102'))).toEqual([
      403,
      'InvalidSignatureException',
      anything,
    ])
    const unsigned = [
      403,
      'InvalidSignatureException',
      expect.stringContaining("x-amz-security-token must be a 'Signed"),
    ]
    expect(await replay({ 'x-amz-security-token': 'token' })).toEqual(unsigned)
    expect(await replay({ authorization: '' })).toEqual([403, 'MissingAuthenticationTokenException', anything])
    expect(sim.calls).toHaveLength(1)
  })
})

describe('quotas', () => {
  it('five requests at once, then two a second, for each operation by itself', async () => {
    const { sim, clock, dial, stop } = await start()
    for (let n = 0; n < 5; n++) await dial()
    expect(await refusalOf(dial())).toBe('ThrottlingException 429')
    await stop(String(sim.calls[0]?.contactId))
    clock.advance(499)
    expect(await refusalOf(dial())).toBe('ThrottlingException 429')
    clock.advance(1)
    await dial()
    expect(sim.calls).toHaveLength(6)
  })

  it('ten calls at a time', async () => {
    const { sim, clock, dial } = await start()
    for (let n = 0; n < 10; n++) {
      await dial()
      clock.advance(500)
    }
    expect(await refusalOf(dial())).toBe('LimitExceededException 429')
    sim.noAnswer(String(sim.calls[3]?.contactId))
    clock.advance(500)
    await dial()
    expect(sim.calls).toHaveLength(11)
  })

  it('one token is one call for seven days, even when it has ended', async () => {
    const { sim, clock, dial } = await start()
    const first = await dial({ ClientToken: 'line:lin:1' })
    sim.noAnswer(first)
    clock.advance(7 * 86_400_000 - 1)
    expect(await dial({ ClientToken: 'line:lin:1' })).toBe(first)
    expect(await dial({ ClientToken: 'line:lin:2' })).not.toBe(first)
    clock.advance(1)
    expect(await dial({ ClientToken: 'line:lin:1' })).not.toBe(first)
    expect(sim.calls).toHaveLength(3)
  })
})

describe('planned failures', () => {
  it.each([
    ['its rate limit', { kind: 'rate-limit' }, 'ThrottlingException 429'],
    ['any error of its own', { kind: 'error', code: 'LimitExceededException' }, 'LimitExceededException 429'],
    ['an internal error', { kind: 'error', code: 'InternalServiceException' }, 'InternalServiceException 500'],
    ['a bare 503', { kind: 'http', status: 503 }, 'SyntaxError 503'],
    ['garbage', { kind: 'garbage' }, 'SyntaxError 200'],
    ['a reset', { kind: 'reset' }, 'TimeoutError undefined'],
    ['no answer', { kind: 'timeout', ms: 20 }, 'TimeoutError undefined'],
  ] as const)('%s, and no call', async (_why, failure, expected) => {
    const { sim, dial } = await start()
    sim.fail(failure)
    expect(await refusalOf(dial())).toBe(expected)
    expect(sim.calls).toEqual([])
    await dial()
    expect(sim.calls).toHaveLength(1)
  })

  it('a reset after the call was taken: the phone rings, and the same token finds the same call', async () => {
    const { sim, dial } = await start()
    sim.fail({ kind: 'reset', taken: true })
    expect(await refusalOf(dial({ ClientToken: 't' }))).toBe('TimeoutError undefined')
    expect(sim.calls).toHaveLength(1)
    expect(await dial({ ClientToken: 't' })).toBe(sim.calls[0]?.contactId)
    expect(sim.calls).toHaveLength(1)
  })

  it('waits for the operation it is meant for', async () => {
    const { sim, dial, stop } = await start()
    sim.fail({ kind: 'rate-limit', operation: 'StopContact' })
    const id = await dial()
    expect(sim.failuresLeft).toBe(1)
    expect(await refusalOf(stop(id))).toBe('ThrottlingException 429')
    await stop(id)
    expect(sim.failuresLeft).toBe(0)
  })
})
