import { expect, it } from 'vitest'
import { failoverResources } from '../../plugins/config/failover.ts'
import { type FlowHost, runFlow } from '../simulators/connect/flow.ts'
import { readFlow } from '../simulators/connect/flow-rules.ts'

const bot = { botId: 'ABCDEFGHIJ', aliasId: 'KLMNOPQRST' }
const orders = {
  ...{ name: 'orders', title: '订花', locale: 'en_US', sayEveryMs: 900_000, confirm: { m: 2, n: 3 }, holdMs: 300_000 },
  regions: [
    { region: 'us-east-1', bot },
    { region: 'us-west-2', bot },
  ],
}
const service = { service: 'fenghuo', provider: { stage: 'prod' }, custom: { connectInstanceArn: 'instance' } }
const lookUp = 'arn:aws:lambda:us-east-1:123456789012:function:fenghuo-prod-region-lookup'

/** What a deployment makes of the flow: CloudFormation replaces its references. */
const deployed = (flow: string) => {
  const { FailoverFloworders: made } = failoverResources(service, [{ ...orders, flow }])
  const content = (made as { Properties: { Content: { 'Fn::Sub': string } } }).Properties.Content['Fn::Sub']
  const references = {
    'AWS::Partition': 'aws',
    'AWS::AccountId': '123456789012',
    'RegionDashlookupLambdaFunction.Arn': lookUp,
  }
  const replaced = Object.entries(references).reduce(
    (text, [name, value]) => text.replaceAll(`\${${name}}`, value),
    content,
  )
  return readFlow(JSON.parse(replaced.replaceAll('${!', '${')))
}

/** The bot that a caller gets to, and what they heard, by what `region-lookup` answers. */
async function called(answer: FlowHost['invoke'], flow = 'What may we do for you?') {
  const talks: [string, string][] = []
  const host: FlowHost = {
    attributes: {},
    scope: () => ({}),
    speak: () => expect.unreachable(),
    listen: () => expect.unreachable(),
    invoke: answer,
    talk: async (alias, text) => void talks.push([alias, text]),
  }
  await runFlow(deployed(flow), host)
  return talks
}
const botIn = (region: string) => `arn:aws:lex:${region}:123456789012:bot-alias/ABCDEFGHIJ/KLMNOPQRST`

it('where nothing fails over only the alarm stands by whoever looks at the other regions', () => {
  expect(Object.keys(failoverResources(service, []))).toEqual(['RegionHealthAlarm'])
})

it('hands the caller to the bot of the region that serves', async () => {
  const asked: unknown[] = []
  const talks = await called(async (...question) => {
    asked.push(question)
    return { answer: { statusCode: '200', primaryCode: 'us-west-2', source: 'table' } }
  })
  expect(asked).toEqual([[lookUp, { failover: 'orders' }, 8_000]])
  expect(talks).toEqual([[botIn('us-west-2'), 'What may we do for you?']])
})

it('hands them to the first one where nobody answers, or with a region that is none', async () => {
  expect(await called(async () => ({ failed: 'timeout' }))).toEqual([[botIn('us-east-1'), expect.any(String)]])
  const other = { answer: { statusCode: '404', primaryCode: 'eu-west-1', source: 'configuration' } }
  expect(await called(async () => other)).toEqual([[botIn('us-east-1'), expect.any(String)]])
})

it('says what was written as it was written, and is there only where that was', async () => {
  const [[, text] = []] = await called(async () => ({ failed: 'timeout' }), 'Up to ${AMOUNT} off')
  expect(text).toBe('Up to ${AMOUNT} off')
  expect(failoverResources(service, [orders])).not.toHaveProperty('FailoverFloworders')
})

it('is the same resource whatever other flows come and go, so that the numbers that lead to it still do', () => {
  const flow = 'Hello'
  const flowsOf = (...names: string[]) =>
    Object.keys(
      failoverResources(
        service,
        names.map((name) => ({ ...orders, name, flow })),
      ),
    ).filter((key) => key.startsWith('FailoverFlow'))
  expect(flowsOf('new', 'or-ders_2')).toEqual(['FailoverFlownew', 'FailoverFloworDashdersUnderscore2'])
  expect(flowsOf('or-ders_2')).toEqual(['FailoverFloworDashdersUnderscore2'])
})
