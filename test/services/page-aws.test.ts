import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { wire as wireAcknowledge } from '../../services/acknowledge/aws.ts'
import { wire as wireEvaluate } from '../../services/evaluate/aws.ts'
import { wire as wirePage } from '../../services/page/aws.ts'
import { contactsTable } from '../../shared/clouds/aws/contacts-table.ts'
import { engineOnAws } from '../../shared/engine/on-aws.ts'
import { LINK_MS, phoneHashOf, signLink } from '../../shared/incidents/acknowledge-link.ts'
import { readIncident, readTimeline } from '../../shared/store/incidents.ts'
import { type AwsWorld, context, startAws } from '../engine/aws.ts'
import { config, directory, policy } from '../engine/world.ts'
import { logNothing } from '../store/log-nothing.ts'

let aws: AwsWorld
const logged: string[] = []
const of = { project: 'pay', groupKey: 'web' }

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation((line) => logged.push(line))
  // No channel that this configuration names exists: everything fails without leaving the machine.
  const { ops, sms, phone } = config().channels
  if (!ops || !sms || !phone) expect.fail('a channel is missing')
  aws = await startAws(
    config({
      channels: { ops, sms, phone },
      policies: { default: policy({ layers: [{ page: ['lin'], calls: 1, ackTimeoutMs: 300_000 }] }) },
    }),
  )
  await contactsTable(aws.stores.dynamodb, aws.env.CONTACTS_TABLE ?? '').write('pay', directory)
})

afterAll(async () => {
  vi.restoreAllMocks()
  await aws.stop()
})

/** Takes what the escalation queue holds, batch by batch, until it is empty. */
async function pageAll(env = aws.env): Promise<void> {
  const page = wirePage(env)
  for (let batches = 0; batches < 20; batches++) {
    const messages = await aws.receive('escalation')
    if (messages.length === 0) return
    expect(await page(aws.batch(messages), context)).toEqual({ batchItemFailures: [] })
  }
  expect.fail('The escalation queue does not come to rest')
}

describe('the path, over the real protocols', () => {
  it('pages whom the contacts table names, and says in the timeline why nothing worked', async () => {
    const alerts = [{ action: 'trigger', project: 'pay', dedupKey: 'web', summary: 'web is down' }]
    await aws.send('events', JSON.stringify({ v: 1, kind: 'alerts', alerts }))
    await wireEvaluate(aws.env)(aws.batch(await aws.receive('events')), context)
    await pageAll()

    const lines = await readTimeline(of, { incidents: aws.incidents, log: logNothing })
    expect(lines.map(({ kind }) => kind)).toContain('exhausted')
    expect(JSON.stringify(lines)).toContain('"class":"not-configured","variables":["INSTANCE (instance)"]')
    expect(JSON.stringify(lines)).toContain('"class":"no-such-type","type":"robot"')
    expect(logged.join()).not.toMatch(/138000|secret/)
  })

  it('pages while an update of the deployment has not given it the variables of the subscribers’ queue yet', async () => {
    const alerts = [{ action: 'trigger', project: 'pay', dedupKey: 'db', summary: 'db is down' }]
    await aws.send('events', JSON.stringify({ v: 1, kind: 'alerts', alerts }))
    await wireEvaluate(aws.env)(aws.batch(await aws.receive('events')), context)
    await pageAll({ ...aws.env, SUBSCRIBERS_QUEUE_URL: undefined, SUBSCRIBERS_DLQ_URL: undefined })
    const lines = await readTimeline({ ...of, groupKey: 'db' }, { incidents: aws.incidents, log: logNothing })
    expect(lines.map(({ kind }) => kind)).toContain('exhausted')
  })

  it('has strangers told from a queue of their own, and gives what nobody can read of it up to its dead letters', async () => {
    const io = engineOnAws(aws.env).io(context)
    const steps = await aws.depth('escalation')
    await io.escalate({ v: 1, kind: 'subscriber', page: 'pay', subscriber: 's1' }, 0)
    await aws.send('subscribers', '{"kind":"subscriber"}')
    expect(await aws.depth('escalation')).toBe(steps)
    const messages = await aws.receive('subscribers')
    expect(messages).toHaveLength(2)
    expect(await wirePage(aws.env)(aws.batch(messages, 'subscribers'), context)).toEqual({ batchItemFailures: [] })
    expect([await aws.depth('deadSubscribers'), await aws.depth('deadEscalation')]).toEqual([1, 0])
  })

  it('acknowledges by the flow, the link and Connect’s events of one function, and nothing else', async () => {
    const acknowledge = wireAcknowledge(aws.env)
    const person = phoneHashOf('+8613800000001', 'secret')
    const flow = {
      Name: 'ContactFlowEvent',
      Details: {
        ContactData: { ContactId: 'c-1', Attributes: { phoneHash: person, seq: '99', language: 'zh' } },
        Parameters: { action: 'answered' },
      },
    }
    expect(await acknowledge(flow, context)).toMatchObject({ result: 'failed' })

    const event = {
      source: 'aws.connect',
      'detail-type': 'Amazon Connect Contact Event',
      detail: { eventType: 'DISCONNECTED', contactId: 'c-1', disconnectReason: 'TELECOM_BUSY' },
    }
    expect(await acknowledge(event, context)).toBe('kept')
    expect(await acknowledge({ ...event, detail: { ...event.detail, eventType: 'INITIATED' } }, context)).toBe(
      'ignored',
    )
    await expect(acknowledge({ hello: 1 }, context)).rejects.toThrow('neither a contact flow')

    const secretless = wireAcknowledge({ ...aws.env, FENGHUO_SECRET: undefined })
    expect(await secretless(flow, context)).toMatchObject({ result: 'failed' })
    expect(await secretless(event, context)).toBe('kept')

    const incident = await readIncident(of, aws.incidents)
    const token = signLink({ incident: `pay#${incident?.generation}#web`, expiresAt: Date.now() + LINK_MS }, 'secret')
    const request = {
      rawPath: '/ack',
      body: new URLSearchParams({ t: token, contact: 'lin' }).toString(),
      requestContext: { http: { method: 'POST' } },
    }
    await expect(secretless(request, context)).rejects.toThrow('FENGHUO_SECRET is not set')
    expect(await acknowledge(request, context)).toMatchObject({ statusCode: 200 })
    expect(await readIncident(of, aws.incidents)).toMatchObject({
      status: 'acknowledged',
      acknowledged: { by: { contact: 'lin', name: '林悦' } },
    })
  })
})
