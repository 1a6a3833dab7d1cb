import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call, ChannelIo } from '../../shared/channels/channel.ts'
import { connectRoute } from '../../shared/channels/connect/connect.ts'
import { readConnectFault } from '../../shared/channels/connect/fault.ts'
import type { ConnectSettings } from '../../shared/channels/connect/settings.ts'
import type { FailureClass } from '../../shared/contracts/failure.ts'
import {
  CALLER,
  FLOW,
  INSTANCE,
  INSTANCE_ARN,
  startTestInstance,
  type TestInstance,
} from '../simulators/connect/instance.ts'
import type { Failure } from '../simulators/failures.ts'

const CALL: Call = {
  phone: '+14155550101',
  token: 'line:lin:7',
  language: 'zh',
  phoneHash: 'lin',
  seq: 7,
  name: 'a1b2c3d4e5f6a7b',
  slots: {
    number: '1024',
    project: '支付',
    title: '收银台',
    state: '不可用',
    scope: '广州',
    lasted: '1分钟',
    count: '1',
  },
  message: '值班告警1024号：支付项目的收银台不可用。',
}
const SETTINGS: ConnectSettings = { instance: INSTANCE, caller: CALLER }

let instance: TestInstance
beforeEach(async () => {
  instance = await startTestInstance({ destinations: ['+1'] })
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  await instance.sim.close()
})

function ioWith(env: ChannelIo['env'] = {}, signal = new AbortController().signal): ChannelIo {
  return { now: instance.clock.now, fetch, env: { ...instance.env, ...env }, signal }
}
const place = (call: Partial<Call> = {}, settings: Partial<ConnectSettings> = {}, io = ioWith()) =>
  connectRoute.place({ ...CALL, ...call }, { ...SETTINGS, ...settings }, io)
const tokens = () =>
  instance.sim.requests
    .filter(({ path }) => path === '/contact/outbound-voice')
    .map(({ body }) => JSON.parse(body.toString()).ClientToken)

describe('the settings', () => {
  it.each([
    ['an instance and a caller', { instance: 'i', caller: '+6531580000' }, true],
    ['a flow of its own', { instance: 'i', caller: '+6531580000', flow: 'f' }, true],
    ['a caller by its variable', { instance: 'i', caller: `\${CONNECT_CALLER}` }, true],
    ['a caller without +', { instance: 'i', caller: '6531580000' }, false],
    ['a caller that YAML made a number', { instance: 'i', caller: 6531580000 }, false],
    ['no instance', { caller: '+6531580000' }, false],
    ['a key nobody knows', { instance: 'i', caller: '+6531580000', from: 'x' }, false],
  ])('%s', (_what, given, fits) => {
    expect(connectRoute.settings.safeParse(given).success).toBe(fits)
  })
})

describe('a call is placed', () => {
  it('with everything that the flow needs', async () => {
    const placed = await place()
    expect(instance.sim.calls).toMatchObject([
      {
        state: 'ringing',
        to: CALL.phone,
        from: CALLER,
        flowId: FLOW,
        clientToken: 'line:lin:7',
        attributes: { phoneHash: 'lin', seq: '7', language: 'zh', message: CALL.message },
      },
    ])
    expect(placed).toEqual({ status: 'placed', contactId: instance.sim.calls[0]?.contactId })
    expect(instance.sim.requests).toHaveLength(1)
  })

  it('once for one token, however often it is asked for', async () => {
    expect(await place()).toEqual(await place())
    expect(instance.sim.calls).toHaveLength(1)
  })

  it('by the route’s own flow, given as ARN like the instance', async () => {
    const flow = `${INSTANCE_ARN}/contact-flow/${FLOW}`
    await place({}, { instance: INSTANCE_ARN, flow }, ioWith({ CONTACT_FLOW_ID: 'another' }))
    expect(instance.sim.calls).toHaveLength(1)
  })

  it('with a message cut so that all attributes fit', async () => {
    await place({ message: '火'.repeat(20_000) })
    const attributes = instance.sim.calls[0]?.attributes ?? {}
    expect(attributes.message).toMatch(/^火+…$/)
    const size = Buffer.byteLength(Object.entries(attributes).flat().join(''))
    expect(size).toBeLessThanOrEqual(32_768)
    expect(size).toBeGreaterThan(32_768 - 3)
  })
})

const refusal = (kind: FailureClass, code: string, said: unknown = expect.any(String)) => ({
  class: kind,
  vendor: 'connect',
  code,
  said,
})

describe('refused for good: another way must be found', () => {
  it.each([
    ['a country not on the list', { phone: '+8613800000001' }, {}, 'country-closed', 'DestinationNotAllowedException'],
    ['an unknown instance', {}, { instance: 'other' }, 'no-such-sender', 'ResourceNotFoundException'],
    ['an unknown flow', {}, { flow: 'other' }, 'no-such-sender', 'ResourceNotFoundException'],
    ['a caller that is not ours', {}, { caller: '+14155550000' }, 'bad-request', 'InvalidRequestException'],
    ['a number that is none', { phone: '+1415555010112345678' }, {}, 'bad-request', 'InvalidParameterException'],
  ] as const)('%s', async (_why, call, settings, kind, code) => {
    expect(await place(call, settings)).toEqual({ status: 'refused', failure: refusal(kind, code) })
    expect(instance.sim.requests).toHaveLength(1)
  })

  it.each([
    ['no right to call', 'AccessDeniedException', 'not-allowed'],
    ['a number that may not be called', 'OutboundContactNotPermittedException', 'not-allowed'],
    ['credentials that ended', 'ExpiredTokenException', 'bad-credentials'],
    ['what AWS may invent', 'TeapotException', 'refused'],
  ] as const)('%s', async (_why, code, kind) => {
    instance.sim.fail({ kind: 'error', code })
    expect(await place()).toEqual({ status: 'refused', failure: refusal(kind, code, 'planned failure') })
  })

  it('credentials that AWS does not know', async () => {
    const io = ioWith({ AWS_ACCESS_KEY_ID: 'AKIDOTHER' })
    expect(await place({}, {}, io)).toMatchObject({
      status: 'refused',
      failure: { class: 'bad-credentials', code: 'UnrecognizedClientException' },
    })
  })

  it('no flow at all', async () => {
    const placed = await place({}, {}, ioWith({ CONTACT_FLOW_ID: undefined }))
    expect(placed).toMatchObject({
      status: 'refused',
      failure: { class: 'not-configured', variables: ['CONTACT_FLOW_ID'] },
    })
    expect(instance.sim.requests).toEqual([])
  })

  it('keeps the phone number to itself', async () => {
    instance.sim.fail({ kind: 'error', code: 'OddException', message: `no way to ${CALL.phone}` })
    expect(await place()).toEqual({ status: 'refused', failure: refusal('refused', 'OddException', 'no way to …') })
  })
})

describe('refused for now: nothing was dialled', () => {
  it.each(['LimitExceededException', 'ThrottlingException', 'TooManyRequestsException'])('%s', async (code) => {
    instance.sim.fail({ kind: 'error', code })
    const placed = await place()
    expect(placed).toMatchObject({ status: 'retry', failure: { vendor: 'connect', code } })
    const { afterMs } = placed as { afterMs: number }
    expect(afterMs).toBeGreaterThanOrEqual(1000)
    expect(afterMs).toBeLessThan(1250)
    expect(instance.sim.requests).toHaveLength(1)
  })

  it('a later call waits a little differently', async () => {
    instance.sim.fail({ kind: 'rate-limit' }, { kind: 'rate-limit' })
    const [first, second] = [await place(), await place({ token: 'line:lin:8' })]
    expect(first.status === 'retry' && second.status === 'retry' && first.afterMs !== second.afterMs).toBe(true)
  })

  it('nobody listens at the endpoint', async () => {
    await instance.sim.close()
    expect(await place()).toMatchObject({ status: 'retry', failure: { class: 'unreachable', code: 'ECONNREFUSED' } })
    instance = await startTestInstance()
  })

  it('whoever answers hangs up before TLS is agreed on', async () => {
    const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const io = ioWith({ AWS_ENDPOINT_URL_CONNECT: `https://127.0.0.1:${port}` })
    expect(await place({}, {}, io)).toMatchObject({
      status: 'retry',
      failure: { class: 'unreachable', code: 'ECONNRESET' },
    })
    server.close()
  })

  it('no connection comes about in its time', () => {
    // As @smithy/node-http-handler words it.
    const message =
      'the request socket did not establish a connection with the server within the configured timeout of 1000 ms.'
    const error = Object.assign(new Error(`@smithy/node-http-handler - ${message}`), { name: 'TimeoutError' })
    expect(readConnectFault(error)).toMatchObject({
      kind: 'busy',
      failure: { class: 'unreachable', code: 'TimeoutError' },
    })
  })

  it('no time is left', async () => {
    expect(await place({}, {}, ioWith({}, AbortSignal.abort()))).toMatchObject({ status: 'retry' })
    expect(instance.sim.requests).toEqual([])
  })
})

/** The pauses of 250 ms between two tries pass at once; every other timer is left alone. */
function withoutPauses() {
  const real = globalThis.setTimeout
  const quick = (task: () => void, ms?: number) => real(task, ms === 250 ? 0 : ms)
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(quick as typeof real)
}

describe('the answer is lost', () => {
  const lost: [string, Failure, object][] = [
    ['reset', { kind: 'reset' }, { class: 'lost-answer' }],
    ['reset after it was taken', { kind: 'reset', taken: true }, { class: 'lost-answer' }],
    ['dropped without an answer', { kind: 'timeout', ms: 5 }, { class: 'lost-answer' }],
    ['500', { kind: 'error', code: 'InternalServiceException' }, { class: 'http-status', status: 500 }],
    ['503 after it was taken', { kind: 'http', status: 503, taken: true }, { class: 'http-status', status: 503 }],
    ['garbage after it was taken', { kind: 'garbage', taken: true }, { class: 'unreadable-answer' }],
    ['an answer without a contact id', { kind: 'garbage', body: '{}', taken: true }, { class: 'unreadable-answer' }],
  ]

  it.each(lost)('%s: asked again with the same token, one call', async (_how, failure) => {
    withoutPauses()
    instance.sim.fail(failure)
    const placed = await place()
    expect(placed).toEqual({ status: 'placed', contactId: instance.sim.calls[0]?.contactId })
    expect(tokens()).toEqual(['line:lin:7', 'line:lin:7'])
    expect(instance.sim.calls).toHaveLength(1)
  })

  it.each(lost)('%s, three times: unknown', async (_how, failure, told) => {
    withoutPauses()
    instance.sim.fail(failure, failure, failure)
    expect(await place()).toEqual({
      status: 'unknown',
      failure: { vendor: 'connect', tries: 3, code: expect.any(String), ...told },
    })
    expect(tokens()).toEqual(['line:lin:7', 'line:lin:7', 'line:lin:7'])
  })

  it('throttled after that is no "retry": the first may ring', async () => {
    withoutPauses()
    instance.sim.fail({ kind: 'reset', taken: true }, { kind: 'rate-limit' }, { kind: 'rate-limit' })
    expect(await place()).toMatchObject({ status: 'unknown' })
    expect(instance.sim.calls).toHaveLength(1)
  })

  it('refused after that is no "refused", and is not asked again', async () => {
    withoutPauses()
    instance.sim.fail({ kind: 'reset', taken: true }, { kind: 'error', code: 'AccessDeniedException' })
    expect(await place()).toMatchObject({ status: 'unknown' })
    expect(tokens()).toHaveLength(2)
  })

  it('not asked again after 10 seconds', async () => {
    instance.sim.fail({ kind: 'reset' })
    const io = ioWith()
    const late = { ...io, now: () => instance.clock.now() + (instance.sim.requests.length > 0 ? 9750 : 0) }
    expect(await place({}, {}, late)).toMatchObject({
      status: 'unknown',
      failure: { class: 'lost-answer', vendor: 'connect', code: 'ECONNRESET' },
    })
    expect(tokens()).toHaveLength(1)
  })

  it('not waited for longer than the signal lives', async () => {
    instance.sim.fail({ kind: 'timeout', taken: true })
    const ending = new AbortController()
    const placing = place({}, {}, ioWith({}, ending.signal))
    while (instance.sim.calls.length === 0) await new Promise(setImmediate)
    ending.abort()
    expect(await placing).toMatchObject({ status: 'unknown' })
    expect(tokens()).toHaveLength(1)
  })

  it('waited for three seconds, then asked again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    instance.sim.fail({ kind: 'timeout', taken: true })
    const placing = place()
    while (instance.sim.calls.length === 0) await new Promise(setImmediate)
    await vi.advanceTimersByTimeAsync(2999)
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate)
    expect(tokens()).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    while (vi.getTimerCount() === 0) await new Promise(setImmediate)
    await vi.advanceTimersByTimeAsync(250)
    expect(await placing).toEqual({ status: 'placed', contactId: instance.sim.calls[0]?.contactId })
    expect(tokens()).toHaveLength(2)
  })
})

describe('a call is stopped', () => {
  const dial = async () => {
    const placed = await place()
    if (placed.status !== 'placed') throw new Error(`not placed: ${JSON.stringify(placed)}`)
    return placed.contactId
  }
  const stop = (contactId: string) => connectRoute.stop?.(contactId, SETTINGS, ioWith())

  it('while it rings', async () => {
    expect(await stop(await dial())).toBe(true)
    expect(instance.sim.calls[0]).toMatchObject({
      state: 'disconnected',
      disconnectReason: 'TELECOM_ORIGINATOR_CANCEL',
    })
  })

  it('when it is over already, or was never there', async () => {
    const contactId = await dial()
    instance.sim.noAnswer(contactId)
    expect(await stop(contactId)).toBe(true)
    expect(await stop('nobody')).toBe(true)
    expect(instance.sim.requests).toHaveLength(3)
  })

  it('at the second try', async () => {
    withoutPauses()
    const contactId = await dial()
    instance.sim.fail({ kind: 'rate-limit' })
    expect(await stop(contactId)).toBe(true)
    expect(instance.sim.calls[0]?.state).toBe('disconnected')
  })

  it('though the answer was lost: the second try finds it over', async () => {
    withoutPauses()
    const contactId = await dial()
    instance.sim.fail({ kind: 'reset', taken: true })
    expect(await stop(contactId)).toBe(true)
    expect(instance.sim.requests).toHaveLength(3)
  })

  it('not for sure after two tries', async () => {
    withoutPauses()
    const contactId = await dial()
    instance.sim.fail({ kind: 'reset' }, { kind: 'error', code: 'InternalServiceException' })
    expect(await stop(contactId)).toBe(false)
    expect(instance.sim.calls[0]?.state).toBe('ringing')
    expect([instance.sim.failuresLeft, instance.sim.requests.length]).toEqual([0, 3])
  })
})
