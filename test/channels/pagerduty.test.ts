import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pagerduty } from '../../shared/channels/pagerduty/pagerduty.ts'
import { acknowledged, at, escalated, messageOf, opened, resolved } from '../messages/notices.ts'
import { type PagerdutySimulator, startPagerdutySimulator } from '../simulators/pagerduty.ts'
import { eachRow } from './each-row.ts'
import { group, ioWith } from './io.ts'

const settings = { routingKey: '0123456789abcdef0123456789abcdef' }
let vendor: PagerdutySimulator
const send = (notice = opened) =>
  pagerduty.send(messageOf(notice), group, settings, ioWith({ FENGHUO_PAGERDUTY_URL: vendor.url }))

beforeEach(async () => {
  vendor = await startPagerdutySimulator({ now: () => at('02:14') })
})
afterEach(() => vendor.close())

test('an incident opens there, is acknowledged and resolved with ours', async () => {
  expect(await send()).toEqual({ status: 'sent' })
  await send(escalated)
  await send(acknowledged)
  expect([...vendor.alerts]).toEqual([['fenghuo/pay#1#pay/web', 'acknowledged']])
  await send(resolved)
  expect([...vendor.alerts]).toEqual([])
  expect(vendor.received.map(({ action }) => action)).toEqual(['trigger', 'trigger', 'acknowledge', 'resolve'])
  expect(vendor.received[0]).toMatchObject({ severity: 'critical', summary: '严重 不可用 | 支付 / 收银台 #1024' })
})

test('a late end of an earlier generation closes nothing', async () => {
  await send({ ...opened, incident: 'pay#2#pay/web' })
  await send(resolved)
  expect([...vendor.alerts.keys()]).toEqual(['fenghuo/pay#2#pay/web'])
})

test('a name that is too long for a key is still one key', async () => {
  const incident = `pay#1#${'x'.repeat(300)}`
  await send({ ...opened, incident })
  await send({ ...resolved, incident })
  expect(vendor.received).toHaveLength(2)
  expect(vendor.alerts.size).toBe(0)
})

test('each of a digest is an event of its own; what was not taken is sent again with the rest', async () => {
  const of = [opened, { ...opened, incident: 'pay#1#pay/api' }].map((notice) => ({ notice, repeat: false }))
  const digest = () =>
    pagerduty.send(
      messageOf(opened, { digest: { of, more: 0 } }),
      group,
      settings,
      ioWith({ FENGHUO_PAGERDUTY_URL: vendor.url }),
    )
  vendor.fail({ kind: 'rate-limit', after: 1 })
  expect(await digest()).toMatchObject({ status: 'retry' })
  expect(await digest()).toEqual({ status: 'sent' })
  expect([...vendor.alerts.keys()]).toEqual(['fenghuo/pay#1#pay/web', 'fenghuo/pay#1#pay/api'])
})

describe('the vendor says', () => {
  eachRow('pagerduty', pagerduty.errors, { fail: (...failures) => vendor.fail(...failures), send: () => send() })

  test.each([
    { kind: 'reset', taken: true } as const,
    { kind: 'timeout', ms: 1 } as const,
  ])('nothing (%j): the same event twice is one, so it is sent again', async (failure) => {
    vendor.fail(failure)
    expect(await send()).toMatchObject({ status: 'retry' })
  })
})
