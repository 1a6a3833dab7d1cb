import { afterEach, beforeEach, expect, test } from 'vitest'
import { wire } from '../../services/relay/tencent.ts'
import { relayRequest } from '../../shared/clouds/tencent/wecom-relay.ts'
import { startScfAddress } from '../simulators/scf-address.ts'
import type { VendorServer } from '../simulators/server.ts'
import { startWecomAppSimulator, type WecomAppSimulator } from '../simulators/wecom-app.ts'

const app = { corp: 'ww01', secret: 'app-secret', agent: 1000002, members: ['LinYue'] }
const SECRET = 'a-secret-of-the-relay'

let wecom: WecomAppSimulator
let address: VendorServer
beforeEach(async () => {
  wecom = await startWecomAppSimulator({ now: Date.now, applications: [app] })
  address = await startScfAddress(wire({ RELAY_SECRET: SECRET, FENGHUO_WECOM_APP_URL: wecom.url }))
})
afterEach(() => Promise.all([wecom.close(), address.close()]))

test('a signed request to its address is posted to WeCom, whose answer comes back as it is', async () => {
  const query = new URLSearchParams({ corpid: app.corp, corpsecret: app.secret })
  const { access_token: token } = (await (await fetch(`${wecom.url}/cgi-bin/gettoken?${query}`)).json()) as {
    access_token: string
  }
  const body = { touser: 'LinYue', msgtype: 'text', agentid: app.agent, text: { content: '支付不可用' } }
  const relayed = { path: '/cgi-bin/message/send', token, body }
  const { url, ...request } = relayRequest(relayed, { url: address.url, secret: SECRET }, Date.now())
  const response = await fetch(url, { method: 'POST', ...request })
  expect([response.status, await response.json()]).toMatchObject([200, { errcode: 0, errmsg: 'ok' }])
  expect(wecom.received).toMatchObject([{ to: ['LinYue'], content: '支付不可用' }])
})

test('anything else is answered with a refusal, whatever the platform hands over', async () => {
  expect((await fetch(address.url)).status).toBe(401)
  const handler = wire({ RELAY_SECRET: SECRET })
  for (const event of [undefined, null, 'text', {}, { body: null, headers: null }])
    expect(await handler(event)).toMatchObject({ statusCode: 401 })
})

test('without a secret there is no relay', () => {
  expect(() => wire({})).toThrow('RELAY_SECRET is not set')
})
