import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { teams } from '../../shared/channels/teams/teams.ts'
import { at, messageOf, opened, resolved } from '../messages/notices.ts'
import type { MessageVendor } from '../simulators/messages.ts'
import { startTeamsSimulator, type TeamsMessage } from '../simulators/teams.ts'
import { eachRow } from './each-row.ts'
import { group, ioWith } from './io.ts'

let vendor: MessageVendor<TeamsMessage>
const send = (notice = opened) => teams.send(messageOf(notice), group, { url: `${vendor.url}/flow?sig=x` }, ioWith())

beforeEach(async () => {
  vendor = await startTeamsSimulator({ now: () => at('02:14') })
})
afterEach(() => vendor.close())

test('opened: a card in red with links as buttons', async () => {
  expect(await send()).toEqual({ status: 'sent' })
  expect(vendor.received).toMatchObject([
    {
      title: '严重 不可用 | 支付 / 收银台 #1024',
      color: 'Attention',
      buttons: [
        ['认领', 'https://oncall.example.com/a/xyz'],
        ['详情', 'https://oncall.example.com/i/1024'],
        ['手册', 'https://wiki.example.com/runbook/pay/web'],
      ],
    },
  ])
  expect(vendor.received[0]?.text).toContain('- 腾讯云广州：**连接超时 5.0s**')
})

test('resolved: a green one', async () => {
  await send(resolved)
  expect(vendor.received).toMatchObject([{ color: 'Good' }])
})

test('the longest message is cut, and is taken', async () => {
  const sightings = opened.sightings.map((sighting) => ({ ...sighting, detail: '长'.repeat(9_000) }))
  expect(await send({ ...opened, sightings })).toEqual({ status: 'sent' })
})

describe('the vendor says', () => {
  eachRow('teams', teams.errors, { fail: (...failures) => vendor.fail(...failures), send: () => send() })

  test('trouble of its own: it may have been taken', async () => {
    vendor.fail({ kind: 'http', status: 502 })
    expect(await send()).toMatchObject({ status: 'unknown', failure: { class: 'http-status', status: 502 } })
  })
})
