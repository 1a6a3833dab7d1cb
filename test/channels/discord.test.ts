import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { discord } from '../../shared/channels/discord/discord.ts'
import { at, exhausted, messageOf, opened, resolved } from '../messages/notices.ts'
import { type DiscordMessage, startDiscordSimulator } from '../simulators/discord.ts'
import type { MessageVendor } from '../simulators/messages.ts'
import { eachRow } from './each-row.ts'
import { group, ioWith } from './io.ts'

const settings = { hook: '123/abc' }
const people = { ...group.people, lin: { name: '林悦', discord: '80351110224678912' } }
let vendor: MessageVendor<DiscordMessage>
const send = (notice = opened, of = settings) =>
  discord.send(messageOf(notice), { people }, of, ioWith({ FENGHUO_DISCORD_URL: vendor.url }))

beforeEach(async () => {
  vendor = await startDiscordSimulator({ hooks: ['123/abc'], now: () => at('02:14') })
})
afterEach(() => vendor.close())

test('opened: who is called is rung, in red', async () => {
  expect(await send()).toEqual({ status: 'sent' })
  expect(vendor.received).toMatchObject([{ mentions: ['80351110224678912'], color: 0xe74c3c }])
  expect(vendor.received[0]?.text).toContain('• 腾讯云广州：**连接超时 5.0s**')
})

test('resolved is green and rings nobody, exhausted rings everybody', async () => {
  await send(resolved)
  await send(exhausted)
  expect(vendor.received).toMatchObject([{ mentions: [], color: 0x2ecc71 }, { mentions: ['everyone'] }])
})

test('what others wrote rings nobody and is no markup', async () => {
  const title = '@everyone <@80351110224678912> **x**'
  await send({ ...opened, title, calling: [] })
  await send({ ...exhausted, title: '@here' })
  expect(vendor.received[0]?.mentions).toEqual([])
  expect(vendor.received[0]?.text).toContain('\\*\\*x\\*\\*')
  expect(vendor.received[1]?.content).not.toContain('@here')
})

test('the longest message is cut, and is taken', async () => {
  const sightings = opened.sightings.map((sighting) => ({ ...sighting, detail: '*'.repeat(9_000) }))
  expect(await send({ ...opened, sightings })).toEqual({ status: 'sent' })
})

describe('the vendor says', () => {
  eachRow('discord', discord.errors, { fail: (...failures) => vendor.fail(...failures), send: () => send() })

  test('how long to wait, in fractions of a second, and that the webhook is gone', async () => {
    vendor.fail({ kind: 'rate-limit' })
    expect(await send()).toMatchObject({ status: 'retry', afterMs: 647 })
    expect(await send(opened, { hook: 'x' })).toMatchObject({ failure: { class: 'no-such-sender', code: '10015' } })
  })
})
