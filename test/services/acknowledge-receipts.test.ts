import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { receiptsPath } from '../../shared/channels/receipts/receipts-address.ts'
import { phones } from '../engine/world.ts'
import { digitsReceipt } from '../simulators/aliyun-voice/receipts.ts'
import { IvrWorld } from './ivr-world.ts'

let world: IvrWorld
let callId: string
beforeEach(async () => {
  world = await new IvrWorld().start()
  callId = await world.rung()
})
afterEach(async () => {
  expect(world.vendor.blocked).toEqual([])
  await world.vendor.close()
})

const takenBy = () => world.incident().acknowledged
const byKey = expect.objectContaining({ via: 'phone', key: '1', by: { contact: 'lin', name: '林悦' } })

describe('a key that comes with a receipt', () => {
  beforeEach(async () => {
    world.now += 5_000
    await world.vendor.answer(callId)
    world.now += 5_000
  })

  it('1 acknowledges, as the person whose phone it is', async () => {
    await world.vendor.press(callId, '1')
    await world.postAll()
    expect(takenBy()).toEqual(byKey)
    expect(await world.told()).toEqual(['林悦 ringing', '林悦 listening'])
  })

  it('9 passes on at once', async () => {
    await world.vendor.press(callId, '9')
    await world.postAll()
    expect(world.vendor.calls.map(({ to }) => to)).toEqual([phones.lin, phones.wang])
  })

  it('acknowledges once, however often and in whichever order its receipts come', async () => {
    await world.vendor.press(callId, '1')
    world.vendor.end(callId, '200000')
    const all = world.receipts.splice(0)
    for (const receipt of [...all.toReversed(), ...all]) await world.post([receipt])
    await world.settle()
    expect(takenBy()).toEqual(byKey)
    expect(world.vendor.calls).toHaveLength(1)
    expect(world.phoneLine().call).toBeUndefined()
  })

  it('acknowledges long after the end of its call', async () => {
    await world.vendor.press(callId, '1')
    const key = world.receipts.pop()
    world.vendor.end(callId, '200001')
    world.receipts.pop()
    await world.postAll()
    await world.until(world.now + 4_000)
    expect(world.vendor.calls).toHaveLength(2)
    expect(await world.post([key])).toEqual([200, { code: 0, msg: 'ok' }])
    expect(takenBy()).toEqual(byKey)
  })

  it('in the shape without a name acknowledges by its call', async () => {
    const [call] = world.vendor.calls
    await world.post(call && digitsReceipt(call, '1'))
    expect(takenBy()).toEqual(byKey)
  })

  it.each([
    ['of a call that we never asked for', { out_id: 'somebodys-call' }],
    ['of another call than this name’s', { call_id: 'forged^1' }],
  ])('%s acknowledges nothing', async (_, changes) => {
    await world.vendor.press(callId, '1')
    expect(await world.post({ ...world.receipts.at(-1), ...changes })).toEqual([200, { code: 0, msg: 'ok' }])
    expect(takenBy()).toBeUndefined()
  })
})

describe('the end of a call', () => {
  it.each([
    ['200003', 'unanswered, nobody picked up: 200003'],
    ['200002', 'busy, busy: 200002'],
    ['200010', 'unanswered, switched off, out of coverage, or declined: 200010'],
  ])('%s brings the next person at once', async (status, told) => {
    world.vendor.end(callId, status)
    await world.postAll()
    expect(await world.told()).toContain(`林悦 ${told}`)
    expect(world.vendor.calls.map(({ to }) => to)).toEqual([phones.lin, phones.wang])
  })

  it('that never rang is no unanswered call: the next channel takes over', async () => {
    world.vendor.end(callId, '200118')
    await world.postAll()
    expect(await world.told()).toContain('林悦 failed, not at this hour: 200118')
    expect(world.texts).toContain(`${phones.lin} texts page`)
  })

  it('of which no receipt comes is asked for', async () => {
    world.vendor.end(callId, '200003')
    await world.until('02:14:17')
    expect(await world.told()).toContain('林悦 unanswered, nobody picked up: 200003')
  })

  it('waited for in vain comes when the call is certainly over, and is not dialled into', async () => {
    await world.until('02:15:59')
    expect(world.vendor.calls).toHaveLength(1)
    await world.until('02:16:01')
    expect(world.vendor.calls.map(({ to }) => to)).toEqual([phones.lin, phones.wang])
  })
})

describe('an address', () => {
  it.each([
    ['with a token that is not ours', '/receipts/aliyun-voice/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['of another deployment', receiptsPath('aliyun-voice', 'other')],
    ['of no vendor', '/receipts/'],
  ])('%s is not there', async (_, path) => {
    expect(await world.post(world.receipts, path)).toEqual([404, {}])
  })

  it.each([
    ['{'],
    ['"text"'],
    [' '.repeat(1_000_001)],
  ])('takes %.10j off the vendor’s hands, and counts it', async (body) => {
    expect(await world.post(body)).toEqual([200, { code: 0, msg: 'ok' }])
    expect(world.logged).toContainEqual({ level: 'warn', event: 'receipts unreadable', vendor: 'aliyun-voice' })
  })

  it('asks for another post while the table is away, and takes that', async () => {
    await world.vendor.answer(callId)
    await world.vendor.press(callId, '1')
    const incidents = { ...world.incidents, get: () => Promise.reject(new Error('throttled')) }
    const away = world.io({ incidents: Object.assign(Object.create(world.incidents), incidents) })
    expect(await world.post(world.receipts, undefined, away)).toEqual([503, {}])
    await world.postAll()
    expect(takenBy()).toEqual(byKey)
  })
})

describe('a call whose answer was lost', () => {
  it('is named by its receipt, and takes its key', async () => {
    await world.vendor.close()
    world = await new IvrWorld().start()
    world.vendor.fail({ kind: 'reset', taken: true })
    callId = await world.rung()
    expect(await world.told()).toEqual(['林悦 unknown, the connection broke before the answer'])
    await world.postAll()
    await world.vendor.answer(callId)
    await world.vendor.press(callId, '1')
    await world.postAll()
    expect(takenBy()).toEqual(byKey)
    expect(world.vendor.calls).toHaveLength(1)
  })
})

it('receipts of texts come by the address of their own vendor, and are answered as it wants', async () => {
  expect((await world.post([], receiptsPath('tencent-sms', 'other')))[0]).toBe(404)
  expect(await world.post([], receiptsPath('tencent-sms', 'secret'))).toEqual([200, { result: 0, errmsg: 'OK' }])
  expect(await world.post([], receiptsPath('aliyun-sms', 'secret'))).toEqual([200, { code: 0, msg: 'ok' }])
})
