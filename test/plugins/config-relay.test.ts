import { afterEach, expect, test, vi } from 'vitest'
import type { FunctionDefinition } from '../../plugins/config/functions.ts'
import { run } from './run-config.ts'

const yml = (relay: string) => `
vantages: { gz: tencent/ap-guangzhou, sh: tencent/ap-shanghai }
channels:
  app: { type: wecom-app, corp: ww01, agent: 1000002, secret: "\${WECOM_APP_SECRET}", to: "@all"${relay} }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
projects:
  pay: { title: 支付, chat: [app] }
`
const RELAYED = `, relay: { url: "\${WECOM_RELAY_URL}", secret: "\${WECOM_RELAY_SECRET}", at: tencent/ap-guangzhou }`

afterEach(() => vi.unstubAllEnvs())

const functionsAt = async (place: string, relay = RELAYED, secret = 'a-secret-of-the-relay') => {
  const relayFunction: FunctionDefinition = {
    handler: 'services/relay/tencent.handler',
    relays: 'wecom-app',
    environment: { RELAY_SECRET: secret },
  }
  const other: FunctionDefinition = { handler: 'services/other/tencent.handler' }
  const { functions, warnings } = await run(['package'], yml(relay), place, { relay: relayFunction, other })
  return { functions, warnings }
}

test('the relay is deployed where the channel says, and nowhere else', async () => {
  expect(Object.keys((await functionsAt('tencent/ap-guangzhou')).functions)).toEqual(['relay', 'other'])
  expect(Object.keys((await functionsAt('tencent/ap-shanghai')).functions)).toEqual(['other'])
  expect(Object.keys((await functionsAt('tencent/ap-guangzhou', '')).functions)).toEqual(['other'])
})

test('it has nothing in its environment but its secret, and packaging tells when that is not set', async () => {
  const { functions, warnings } = await functionsAt('tencent/ap-guangzhou')
  expect(functions.relay?.environment).toEqual({ RELAY_SECRET: 'a-secret-of-the-relay' })
  expect(warnings).toEqual([])
  expect((await functionsAt('tencent/ap-guangzhou', RELAYED, '')).warnings.join()).toContain(
    'RELAY_SECRET of relay has no value: set WECOM_RELAY_SECRET',
  )
})
