import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { localSecret } from '../../local/files.ts'
import { heartbeatUrl } from '../../shared/checks/heartbeat/key.ts'
import { fenghuo, folder, start, stopsAfterEach, told, waiting } from './stack-of.ts'

stopsAfterEach()

it('hears a job that reports by HTTP, as the deployed function does', async () => {
  const jobs = `  data: { title: 数据, chat: [wecom], checks: { nightly: { title: 夜间跑批, heartbeat: 1d } } }\n`
  const stack = await start({ fenghuo: fenghuo('http://127.0.0.1:9/') + jobs })
  const url = heartbeatUrl(stack.addresses.console, 'data/nightly', localSecret(join(folder, 'data')))
  const verdict = async () => (await told(stack)).checks.find(({ id }) => id === 'data/nightly')?.verdict

  expect((await fetch(url.replace(/key=.*/, 'key=none'))).status).toBe(403)
  expect(await verdict()).toBe('unknown')
  expect((await fetch(`${url}&status=3`, { method: 'POST', body: 'disk full' })).status).toBe(202)
  await vi.waitFor(async () => expect(await verdict()).toBe('down'), waiting)
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(202)
  await vi.waitFor(async () => expect(await verdict()).toBe('up'), waiting)
})

it('takes what pages PagerDuty, at its path and with a key of this machine', async () => {
  const stack = await start()
  const { url, keys } = stack.addresses.ingest
  const send = (routing_key: string | undefined, event_action: string, dedup_key = 'db', severity = 'critical') =>
    fetch(`${url}/v2/enqueue`, {
      method: 'POST',
      body: JSON.stringify({
        routing_key,
        event_action,
        dedup_key,
        payload: { summary: `${dedup_key} is down`, severity },
      }),
    })
  const shown = async () =>
    (await told(stack)).incidents.map(({ title }) => title.en).filter((title) => title.endsWith(' is down'))
  const state = async () => (await told(stack)).incidents.find(({ title }) => title.en === 'db is down')?.status

  expect((await send('0'.repeat(32), 'trigger')).status).toBe(400)
  const answer = await send(keys.pay, 'trigger')
  expect({ status: answer.status, body: await answer.json() }).toEqual({
    status: 202,
    body: { status: 'success', message: 'Event processed', dedup_key: 'db' },
  })
  await vi.waitFor(async () => expect(await state()).toBe('open'), waiting)
  expect((await send(keys.pay, 'trigger', 'log', 'warning')).status).toBe(202)
  await vi.waitFor(async () => expect((await shown()).toSorted()).toEqual(['db is down', 'log is down']), waiting)
  expect((await send(keys.pay, 'resolve')).status).toBe(202)
  await vi.waitFor(async () => expect(await state()).toBe('resolved'), waiting)
})
