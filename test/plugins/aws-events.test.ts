import { expect, it } from 'vitest'
import { pollIfHeard } from '../../plugins/config/aws-rules.ts'
import type { FunctionDefinition } from '../../plugins/config/functions.ts'
import { loadConfig } from '../../shared/config/load.ts'

/** Whether the queue of AWS's events is polled where the only project has this under `inbound`, and what watch gets for it. */
function heard(inbound: object | undefined, mailDomain = '') {
  const file = {
    vantages: { sg: 'aws/ap-southeast-1' },
    channels: { wecom: { type: 'wecom-robot', key: '${WECOM_KEY}' } },
    policies: { default: { layers: [{ page: 'lin' }], channels: { critical: ['chat'] } } },
    projects: { pay: { title: 'Pay', chat: ['wecom'], checks: {}, ...(inbound && { inbound }) } },
  }
  const { config, problems } = loadConfig(JSON.stringify(file), 'fenghuo.yml', undefined)
  if (config === undefined) throw new Error(JSON.stringify(problems))
  const ingest = { handler: 'ingest', events: [{ sqs: { enabled: false } }] }
  const watch: FunctionDefinition = { handler: 'watch', environment: { KEPT: 'as it is' }, iamRoleStatements: [{}] }
  pollIfHeard({ ingest, watch }, config, mailDomain)
  return { polled: ingest.events[0]?.sqs.enabled, watch }
}

const nothing = { handler: 'watch', environment: { KEPT: 'as it is' }, iamRoleStatements: [{}] }

it.each([
  ['nothing', undefined, false],
  ['what posts by itself', { grafana: { secret: '${GRAFANA_SECRET}' } }, false],
  ['events of AWS', { aws: { events: ['emr'] } }, true],
])('where a project hears of %s, Lambda asks the queue of AWS’s events: %#', (_, inbound, polled) => {
  expect(heard(inbound).polled).toBe(polled)
})

it('where mail comes in it is asked, too', () => {
  expect(heard(undefined, 'alerts.example.com').polled).toBe(true)
})

it('watch looks at that queue and at its dead letters where somebody hears of them, and has no right to them elsewhere', () => {
  expect(heard(undefined).watch).toEqual(nothing)
  expect(heard({ aws: { events: ['emr'] } }).watch).toEqual({
    ...nothing,
    environment: {
      KEPT: 'as it is',
      AWS_EVENTS_QUEUE_URL: { Ref: 'AwsEventsQueue' },
      AWS_EVENTS_DLQ_URL: { Ref: 'AwsEventsDlq' },
    },
    iamRoleStatements: [
      {},
      {
        Effect: 'Allow',
        Action: 'sqs:GetQueueAttributes',
        Resource: [{ 'Fn::GetAtt': ['AwsEventsQueue', 'Arn'] }, { 'Fn::GetAtt': ['AwsEventsDlq', 'Arn'] }],
      },
    ],
  })
})
