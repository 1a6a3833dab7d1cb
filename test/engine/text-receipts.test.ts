import { beforeEach, describe, expect, it } from 'vitest'
import { aliyunSmsReceipts } from '../../shared/channels/aliyun-sms/receipts.ts'
import type { TextReceipts } from '../../shared/channels/receipts/text-receipts.ts'
import { tencentSmsReceipts } from '../../shared/channels/tencent-sms/receipts.ts'
import { takeTextReceipts } from '../../shared/engine/answers/take-text-receipts.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import type { RowKey } from '../../shared/store/table.ts'
import { texting, told } from './texting.ts'
import { PathWorld, phones, policy } from './world.ts'

/** As Tencent Cloud posts them, of the world's channel of texts. */
const receipts: TextReceipts = { ...tencentSmsReceipts, vendor: 'texts' }
const report = (status: 'SUCCESS' | 'FAIL', sid = 's-1') => ({
  user_receive_time: '2026-11-22 02:13:30',
  nationcode: '86',
  mobile: '13800000001',
  report_status: status,
  errmsg: status === 'FAIL' ? 'UNDELIV' : 'DELIVRD',
  description: status === 'FAIL' ? '空号' : '用户短信送达成功',
  sid,
})
const post = (world: PathWorld, ...reports: object[]) => takeTextReceipts(JSON.stringify(reports), receipts, world.io())

describe('what a carrier says of a text', () => {
  let world: PathWorld
  beforeEach(async () => {
    world = await texting(({ answers }) =>
      answers.push({ status: 'sent', receipt: 's-1' }, { status: 'sent', receipt: 'm-1' }),
    )
    expect(await told(world)).toContain('page to lin sms: sent')
  })

  it('that arrived is a line of the timeline, once', async () => {
    await post(world, report('SUCCESS'))
    await post(world, report('SUCCESS'), report('FAIL'))
    expect((await told(world)).filter((line) => line.includes('arrived'))).toEqual(['page to lin sms: arrived'])
  })

  it('that it refused lets the next channel take over, once', async () => {
    await post(world, report('FAIL'))
    await post(world, report('FAIL'))
    await world.settle()
    const lines = await told(world)
    expect(lines.filter((line) => line.includes('not-arrived'))).toHaveLength(1)
    expect(lines.filter((line) => line === 'page to lin email: sent')).toHaveLength(1)
    expect(world.texts.filter((text) => text.startsWith(`${phones.lin} texts`))).toHaveLength(1)
  })

  it('of an incident that somebody has taken meanwhile is only told', async () => {
    const event = { type: 'acknowledge', generation: 1, via: 'cli', by: { contact: 'lin', name: '林悦' } } as const
    await dispatchToIncident({ project: 'pay', groupKey: 'web' }, { event }, world.io())
    await post(world, report('FAIL'))
    await world.settle()
    expect((await told(world)).filter((line) => line.startsWith('page'))).toEqual([
      'page to lin sms: sent',
      expect.stringMatching(/^page to lin sms: not-arrived/),
    ])
  })

  it('of a text of somebody else changes nothing', async () => {
    const before = await told(world)
    await post(world, report('FAIL', 'other'))
    expect(await told(world)).toEqual(before)
  })

  it('is posted again when the table is away, and then lets the next channel take over', async () => {
    const { incidents } = world.io()
    const away = { ...world.io(), incidents: { ...incidents, get: () => Promise.reject(new Error('away')) } }
    const body = JSON.stringify([report('FAIL')])
    expect(await takeTextReceipts(body, receipts, away)).toBe('unavailable')
    await post(world, report('FAIL'))
    await world.settle()
    expect(await told(world)).toContain('page to lin email: sent')
  })

  it('is posted again when the text became known just then, and the table went away after that', async () => {
    const { incidents } = world.io()
    const reads = [async () => undefined, (key: RowKey) => incidents.get(key)]
    const get = (key: RowKey) => (reads.shift() ?? (() => Promise.reject(new Error('away'))))(key)
    const away = { ...world.io(), incidents: Object.assign(Object.create(incidents), { get }) }
    expect(await takeTextReceipts(JSON.stringify([report('FAIL')]), receipts, away)).toBe('unavailable')
    await post(world, report('FAIL'))
    await world.settle()
    expect(await told(world)).toContain('page to lin email: sent')
  })
})

it('a refusal that overtakes the vendor’s own answer lets the next channel take over at once', async () => {
  const world = await texting(async (world) => {
    world.answers.push({ status: 'sent', receipt: 's-1' }, { status: 'sent', receipt: 's-1' })
    await post(world, report('FAIL'))
  })
  const lines = await told(world)
  expect(lines).toContainEqual(expect.stringMatching(/^page to lin sms: failed/))
  expect(lines).toContain('page to lin email: sent')
})

it('what a carrier says of a text that waited is told once of all that it tells', async () => {
  const layers = [{ page: ['lin'], calls: 1, ackTimeoutMs: 20_000 }]
  const channels = { critical: [], error: ['sms' as const], warning: [], info: [] }
  const world = new PathWorld({ policies: { default: policy({ layers, channels, rounds: 1 }) } })
  world.textLimits = { perDay: 10 }
  for (let sent = 1; sent <= 6; sent++) world.answers.push({ status: 'sent', receipt: `s-${sent}` })
  const alerts = ['first', 'second', 'web'].map((dedupKey) => {
    return { action: 'trigger', dedupKey, project: 'pay', summary: 'down', severity: 'error' }
  })
  await world.evaluate({ v: 1, kind: 'alerts', alerts })
  // Two go out at once. The third is one text with the end of the round, which nobody has answered.
  await world.until('02:15')
  expect(world.texts.at(-1)).toBe(`${phones.lin} texts exhausted`)
  await post(world, report('SUCCESS', 's-6'))
  expect((await told(world)).filter((line) => line.includes('arrived'))).toEqual([
    'page to lin sms: arrived',
    'exhausted to lin sms: arrived',
  ])
})

it('a refusal of a text that waited for its turn lets the next channel take over, too', async () => {
  const layers = [{ page: ['lin'], calls: 1, ackTimeoutMs: 300_000 }]
  const channels = { critical: [], error: ['sms' as const], warning: [], info: [] }
  const world = new PathWorld({ policies: { default: policy({ layers, channels }) } })
  world.textLimits = { perDay: 10 }
  const sids = ['s-1', 's-2', 's-3']
  for (const receipt of sids) world.answers.push({ status: 'sent', receipt })
  const alerts = ['first', 'second', 'web'].map((dedupKey) => {
    return { action: 'trigger', dedupKey, project: 'pay', summary: 'down', severity: 'error' }
  })
  await world.evaluate({ v: 1, kind: 'alerts', alerts })
  await world.until('02:15')
  expect(world.texts).toHaveLength(3)
  await post(world, ...sids.map((sid) => report('FAIL', sid)))
  await world.settle()
  expect(await told(world)).toContain('page to lin email: sent')
})

describe('receipts of texts', () => {
  it.each([
    [tencentSmsReceipts, report('SUCCESS'), report('FAIL')],
    [
      aliyunSmsReceipts,
      { phone_number: '13800000001', success: true, err_code: 'DELIVERED', err_msg: '用户接收成功', biz_id: 's-1' },
      { phone_number: '13800000001', success: false, err_code: 'UNDELIV', err_msg: '空号', biz_id: 's-1' },
    ],
  ])('are read as the vendor posts them', (of, arrived, refused) => {
    const failure = { class: 'not-delivered', vendor: of.vendor, code: 'UNDELIV', said: '空号' }
    expect(of.readTexts([arrived, {}, refused])).toEqual([{ id: 's-1' }, { id: 's-1', failure }])
    for (const body of [undefined, {}, [{}], 'text']) expect(of.readTexts(body)).toBeUndefined()
  })
})
