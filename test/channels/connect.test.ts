import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Call, ChannelIo } from '../../shared/channels/channel.ts'
import { connect } from '../../shared/channels/connect/connect.ts'
import { errors } from '../../shared/channels/connect/fault.ts'
import type { ConnectSettings } from '../../shared/channels/connect/settings.ts'
import type { FailureClass } from '../../shared/contracts/failure.ts'
import { CALLER, FLOW, INSTANCE_ARN, startTestInstance, type TestInstance } from '../simulators/connect/instance.ts'
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
    expect(connect.settings.safeParse(given).success).toBe(fits)
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

  const final = Object.entries(errors.codes).flatMap(([code, { afterMs, class: kind }]) =>
    afterMs === undefined && code !== 'CredentialsProviderError' ? [[code, kind] as const] : [],
  )
  it.each([...final, ['TeapotException', 'refused'] as const])('%s is %s', async (code, kind) => {
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

describe('a call is stopped', () => {
  const dial = async () => {
    const placed = await place()
    if (placed.status !== 'placed') throw new Error(`not placed: ${JSON.stringify(placed)}`)
    return placed.contactId
  }
  const stop = (contactId: string) => connect.stop?.(contactId, SETTINGS, ioWith())

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
