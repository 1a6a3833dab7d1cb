import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call, ChannelIo } from '../../shared/channels/channel.ts'
import { connect } from '../../shared/channels/connect/connect.ts'
import { readConnectFault } from '../../shared/channels/connect/fault.ts'
import type { ConnectSettings } from '../../shared/channels/connect/settings.ts'
import { startTestInstance, type TestInstance } from '../simulators/connect/instance.ts'
import type { Failure } from '../simulators/failures.ts'
import { CALL, ioOf, SETTINGS, withoutPauses } from './connect-calls.ts'

let instance: TestInstance
beforeEach(async () => {
  instance = await startTestInstance({ destinations: ['+1'] })
})
afterEach(async () => {
  vi.restoreAllMocks()
  vi.useRealTimers()
  await instance.sim.close()
})

const ioWith = (env?: ChannelIo['env'], signal?: AbortSignal) => ioOf(instance, env, signal)
const place = (call: Partial<Call> = {}, settings: Partial<ConnectSettings> = {}, io = ioWith()) =>
  connect.place({ ...CALL, ...call }, { ...SETTINGS, ...settings }, io)
const tokens = () =>
  instance.sim.requests
    .filter(({ path }) => path === '/contact/outbound-voice')
    .map(({ body }) => JSON.parse(body.toString()).ClientToken)

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
