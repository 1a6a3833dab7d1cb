import { expect, it } from 'vitest'
import { pollIfHeard } from '../../plugins/config/aws-rules.ts'
import { loadConfig } from '../../shared/config/load.ts'

/** Whether the queue of AWS's events is polled where the only project has this under `inbound`. */
function isPolled(inbound: object | undefined, mailDomain = ''): boolean | undefined {
  const file = {
    vantages: { sg: 'aws/ap-southeast-1' },
    channels: { wecom: { type: 'wecom-robot', key: '${WECOM_KEY}' } },
    policies: { default: { layers: [{ page: 'lin' }], channels: { warning: ['chat'] } } },
    projects: { pay: { title: 'Pay', chat: ['wecom'], checks: {}, ...(inbound && { inbound }) } },
  }
  const { config, problems } = loadConfig(JSON.stringify(file), 'fenghuo.yml', undefined)
  if (config === undefined) throw new Error(JSON.stringify(problems))
  const ingest = { handler: 'ingest', events: [{ sqs: { enabled: true } }] }
  pollIfHeard(ingest, config, mailDomain)
  return ingest.events[0]?.sqs.enabled
}

it.each([
  ['nothing', undefined, false],
  ['what posts by itself', { grafana: { secret: '${GRAFANA_SECRET}' } }, false],
  ['events of AWS', { aws: { events: ['emr'] } }, true],
])('where a project hears of %s, Lambda asks the queue of AWS’s events: %#', (_, inbound, polled) => {
  expect(isPolled(inbound)).toBe(polled)
})

it('where mail comes in it is asked, too', () => {
  expect(isPolled(undefined, 'alerts.example.com')).toBe(true)
})
