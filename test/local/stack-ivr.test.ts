import { expect, it, vi } from 'vitest'
import { fenghuo, post, service, start, stopsAfterEach, told, waiting } from './stack-of.ts'

stopsAfterEach()

const routes = `[
    { to: "+86", type: aliyun-ivr, caller: "05710000000", templates: { zh: { page: TTS_1, several: TTS_2, taken: TTS_3, passed: TTS_4 } } },
    { to: "+", type: connect, instance: "\${CONNECT_INSTANCE_ID}", caller: "+6531580000" }]`

it('rings phones in mainland China by their own vendor, whose receipt brings the key, and again within the minute', async () => {
  const { state, url } = await service()
  state.status = 503
  const yml = fenghuo(url).replace(/(?<=phone: )\[.*\]/, routes)
  const stack = await start({ fenghuo: yml })
  const look = () => post(stack, 'invoke/probe', { all: true })
  const rung = () =>
    vi.waitFor(async () => {
      const [call] = (await told(stack)).calls
      expect(call).toMatchObject({ state: 'ringing', menu: [{ key: '1' }, { key: '4' }, { key: '9' }] })
      return encodeURIComponent(call?.contactId ?? '')
    }, waiting)
  const isNow = (status: string) =>
    vi.waitFor(async () => expect((await told(stack)).incidents[0]).toMatchObject({ status }), waiting)

  await look()
  const first = await rung()
  expect((await post(stack, `phone/${first}/answer`)).status).toBe(200)
  await vi.waitFor(
    async () =>
      expect((await told(stack)).calls[0]?.transcript[0]?.text).toMatch(/^值班告警\d+号，支付项目的收银台.*请按9。$/),
    waiting,
  )
  expect((await post(stack, `phone/${first}/press?key=1`)).status).toBe(200)
  await isNow('acknowledged')

  state.status = 200
  await look()
  await look()
  await isNow('resolved')
  state.status = 503
  await look()
  expect(await rung()).not.toBe(first)
  expect(stack.sandboxes.phones.refused).toEqual([])
})
