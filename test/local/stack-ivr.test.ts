import { expect, it, vi } from 'vitest'
import { fenghuo, page, post, start, stopsAfterEach, waiting } from './stack-of.ts'

stopsAfterEach()

const routes = `[
    { to: "+86", type: aliyun-ivr, caller: "05710000000", templates: { zh: { page: TTS_1, several: TTS_2, taken: TTS_3, passed: TTS_4 } } },
    { to: "+", type: connect, instance: "\${CONNECT_INSTANCE_ID}", caller: "+6531580000" }]`

it('rings phones in mainland China by their own vendor, whose receipt brings the key', async () => {
  const yml = fenghuo('http://127.0.0.1:9/').replace(/(?<=phone: )\[.*\]/, routes)
  const stack = await start({ fenghuo: yml })
  await post(stack, 'invoke/probe', { all: true })
  await vi.waitFor(async () => expect((await page(stack)).calls).toMatchObject([{ status: 'ringing' }]), waiting)
  const id = encodeURIComponent((await page(stack)).calls[0]?.contactId ?? '')

  expect((await post(stack, `phone/${id}/answer`)).status).toBe(200)
  await vi.waitFor(
    async () => expect((await page(stack)).calls[0]?.said[0]).toMatch(/^值班告警\d+号，支付项目的收银台.*请按9。$/),
    waiting,
  )
  expect((await post(stack, `phone/${id}/press?key=1`)).status).toBe(200)
  await vi.waitFor(
    async () => expect((await page(stack)).incidents).toMatchObject([{ status: 'acknowledged' }]),
    waiting,
  )
  expect(stack.sandboxes.phones.refused).toEqual([])
})
