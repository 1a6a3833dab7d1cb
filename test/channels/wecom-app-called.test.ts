import { afterEach, beforeEach, expect, test } from 'vitest'
import { wecomApp } from '../../shared/channels/wecom-app/wecom-app.ts'
import type { Notice } from '../../shared/incidents/notice.ts'
import { acknowledged, at, messageOf, opened, resolved } from '../messages/notices.ts'
import { startWecomAppSimulator, type WecomAppSimulator } from '../simulators/wecom-app.ts'
import { group, ioWith, memory } from './io.ts'

// Messages to those alone who are called: Lin first, then Wang; Tan is not in WeCom.

const account = { corp: 'ww01', secret: 'demo-secret', agent: 1000002 }
const callback = { token: 'FhToken123', aesKey: 'a'.repeat(43) }
const links = { acknowledge: 'https://oncall.example.com/ack?t=abc.def', token: 'abc.def' }
const wang = { contact: 'wang', name: '王磊' }
const tan = { contact: 'tan', name: 'Tan Wei' }

let now: number
let vendor: WecomAppSimulator
let kept: ReturnType<typeof memory>
const send = (notice: Notice, digest?: Notice[]) => {
  const of = digest?.map((one) => ({ notice: one, repeat: false }))
  const message = messageOf(notice, { links, ...(of && { digest: { of, more: 0 } }) })
  const io = ioWith({ FENGHUO_WECOM_APP_URL: vendor.url }, { memory: kept, now: () => now })
  return wecomApp.send(message, group, { ...account, to: '@called', callback }, io)
}
const got = () => vendor.received.map(({ to }) => to)

beforeEach(async () => {
  now = at('02:14')
  kept = memory(() => now)
  const applications = [{ ...account, members: ['LinYue', 'WangLei'] }]
  vendor = await startWecomAppSimulator({ applications, now: () => now })
})
afterEach(async () => {
  expect(vendor.refused).toEqual([])
  await vendor.close()
})

test('whoever is called gets a card with the buttons in their own chat, and hears who has it and that it is over', async () => {
  expect(await send(opened)).toEqual({ status: 'sent' })
  expect(vendor.received).toMatchObject([
    { to: ['LinYue'], card: { keys: ['acknowledge:abc.def', 'pass:abc.def', 'silence:abc.def'] } },
  ])
  await send(acknowledged)
  await send(resolved)
  expect(got()).toEqual([['LinYue'], ['LinYue'], ['LinYue']])
  expect(vendor.received[0]?.card?.replaced).toBe('林悦已认领')
})

test('whoever is called next joins those who know of it already', async () => {
  await send(opened)
  await send({ ...opened, kind: 'escalated', calling: [wang, tan] })
  await send(resolved)
  expect(got()).toEqual([['LinYue'], ['WangLei', 'LinYue'], ['WangLei', 'LinYue']])
})

test('a digest goes to all who are called about any of its incidents', async () => {
  await send(opened, [opened, { ...opened, incident: 'pay#1#other', calling: [wang] }])
  expect(got()).toEqual([['LinYue', 'WangLei']])
})

test('nobody whom WeCom knows is called, and nobody was told before: that is said', async () => {
  const failure = { class: 'no-address', of: 'wecom', vendor: 'wecom-app' }
  expect(await send({ ...opened, calling: [tan] })).toEqual({ status: 'failed', failure })
  expect(await send(resolved)).toEqual({ status: 'failed', failure })
  expect(vendor.requests).toEqual([])
})
