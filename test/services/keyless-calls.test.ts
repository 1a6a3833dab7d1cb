import { afterEach, beforeEach, expect, it } from 'vitest'
import { readTimeline } from '../../shared/store/incidents.ts'
import { phones } from '../engine/world.ts'
import { digitsReceipt } from '../simulators/aliyun-voice/receipts.ts'
import { TtsWorld } from './notice-worlds.ts'

let world: TtsWorld
let callId: string
beforeEach(async () => {
  world = await new TtsWorld().start()
  callId = await world.rung()
})
afterEach(() => world.vendor.close())

/** All that the vendor has told of its call so far, with keys in it, as its report has a field for them. */
const withKeys = (dtmf: string) => world.receipts.splice(0).map((receipt) => ({ ...receipt, dtmf }))

it.each(['1', '9'])('the key %s in a receipt of a call that takes none decides nothing', async (key) => {
  await world.vendor.answer(callId)
  await world.post(withKeys(key))
  world.vendor.end(callId, '200000')
  await world.post(withKeys(key))
  await world.until(world.now + 4_000)
  expect(world.incident().acknowledged).toBeUndefined()
  expect(await world.told()).toEqual(['林悦 ringing', '林悦 listening', '林悦 no-key', '王磊 ringing'])
})

it('nor does one without the name of its call, nor one that comes when it is over', async () => {
  const [call] = world.vendor.calls
  const key = call && digitsReceipt(call, '1')
  await world.post(key)
  world.vendor.end(callId, '200003')
  await world.postAll()
  await world.post(key)
  expect(world.incident().acknowledged).toBeUndefined()
  expect(world.vendor.calls.map(({ to }) => to)).toEqual([phones.lin, phones.wang])
})

it('its end is told of by the name of its own route', async () => {
  world.vendor.end(callId, '200118')
  await world.postAll()
  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  const failure = { class: 'not-at-this-hour', vendor: 'aliyun-tts', code: '200118' }
  expect(lines).toContainEqual(expect.objectContaining({ kind: 'call', outcome: 'failed', failure }))
})
