import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { describe, expect, it, vi } from 'vitest'
import { type Embedded, startQueueServer } from '../../local/queues.ts'
import { localCredentials } from '../../local/resources.ts'
import { fenghuo, folder, others, post, service, start, stopsAfterEach, told, waiting } from './stack-of.ts'

stopsAfterEach()

describe('the local stack', () => {
  it('rings a phone when a service breaks, takes key 1, and tells of the recovery', async () => {
    const { state, url } = await service()
    const stack = await start({ fenghuo: fenghuo(url) })
    const runs = async () => (await post(stack, 'invoke/probe', { all: true })).status

    expect(await runs()).toBe(200)
    await vi.waitFor(async () => expect((await told(stack)).checks).toMatchObject([{ verdict: 'up' }]), waiting)
    state.status = 503
    await runs()
    const call = await vi.waitFor(async () => {
      const [ringing] = (await told(stack)).calls
      expect(ringing).toMatchObject({ state: 'ringing', to: '+8613800000001' })
      expect(ringing?.menu.map(({ key }) => key)).toEqual(['1', '2', '3', '4', '9'])
      return ringing
    }, waiting)
    const id = call?.contactId ?? ''
    expect((await post(stack, `phone/${id}/press?key=1`)).status, 'nobody has answered').toBe(409)
    expect((await post(stack, `phone/${id}/answer`)).status).toBe(200)
    await vi.waitFor(
      async () => expect((await told(stack)).calls[0]?.transcript[0]?.text).toMatch(/支付.*收银台.*请按1/),
      waiting,
    )
    expect((await post(stack, `phone/${id}/answer`)).status, 'answered twice').toBe(409)
    expect((await post(stack, `phone/${id}/press?key=1`)).status).toBe(200)
    await vi.waitFor(
      async () => expect((await told(stack)).incidents).toMatchObject([{ status: 'acknowledged' }]),
      waiting,
    )

    state.status = 200
    await runs()
    await runs()
    await vi.waitFor(async () => {
      const { incidents, checks, calls, messages } = await told(stack)
      expect(checks).toMatchObject([{ verdict: 'up' }])
      expect(incidents).toMatchObject([{ status: 'resolved' }])
      expect(calls).toEqual([])
      const sent = messages.map(({ channel, text }) => `${channel} ${/恢复|认领|告警|不可用/.exec(text)?.[0]}`)
      expect(sent.sort()).toEqual([
        'sms 告警',
        'sms 恢复',
        'wecom-robot 不可用',
        'wecom-robot 恢复',
        'wecom-robot 认领',
      ])
    }, waiting)
    expect(stack.sandboxes.phones.calls).toHaveLength(1)
    expect(stack.sandboxes.phones.refused).toEqual([])
  })

  it('keeps queues, tables and its secret over a restart', async () => {
    const { state, url } = await service()
    state.status = 503
    const stack = await start({ fenghuo: fenghuo(url) })
    await post(stack, 'invoke/probe', { all: true })
    await vi.waitFor(async () => expect((await told(stack)).incidents).toHaveLength(1), waiting)
    const secret = await readFile(join(folder, 'data/secret'), 'utf8')
    await stack.stop()

    const again = await start({ fenghuo: fenghuo(url) })
    expect((await told(again)).incidents).toHaveLength(1)
    expect(await readFile(join(folder, 'data/secret'), 'utf8')).toBe(secret)
  })

  it('says where everything is while it runs', async () => {
    const stack = await start()
    const file = join(folder, 'data/stack.json')
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      pid: process.pid,
      console: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      sqs: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      dynamodb: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      connect: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      wecom: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      tencent: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      demo: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      config: expect.stringMatching(/^\/.*fenghuo\.yml$/),
      oncall: expect.stringMatching(/^\/.*oncall\.yml$/),
      ingest: {
        url: stack.addresses.console,
        keys: { pay: expect.stringMatching(/^[0-9a-f]{32}$/), fenghuo: expect.stringMatching(/^[0-9a-f]{32}$/) },
      },
      region: 'ap-southeast-1',
      probes: { probe: 'aws/ap-southeast-1' },
      queues: {
        awsEvents: `${stack.addresses.sqs}/000000000000/fenghuo-local-aws-events`,
        awsEventsDlq: `${stack.addresses.sqs}/000000000000/fenghuo-local-aws-events-dlq`,
        events: `${stack.addresses.sqs}/000000000000/fenghuo-local-events`,
        eventsDlq: `${stack.addresses.sqs}/000000000000/fenghuo-local-events-dlq`,
        overflow: `${stack.addresses.sqs}/000000000000/fenghuo-local-overflow`,
        escalation: `${stack.addresses.sqs}/000000000000/fenghuo-local-escalation`,
        escalationDlq: `${stack.addresses.sqs}/000000000000/fenghuo-local-escalation-dlq`,
        subscribers: `${stack.addresses.sqs}/000000000000/fenghuo-local-subscribers`,
        subscribersDlq: `${stack.addresses.sqs}/000000000000/fenghuo-local-subscribers-dlq`,
      },
      tables: {
        contacts: 'fenghuo-local-contacts',
        incidents: 'fenghuo-local-incidents',
        checks: 'fenghuo-local-checks',
        regions: 'fenghuo-local-regions',
      },
      functions: ['probe', 'evaluate', 'page', 'acknowledge', 'heartbeat', 'ingest', 'watch'],
    })
    await stack.stop()
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('uses the queues that the environment names, and leaves them running', async () => {
    const server: Embedded = await startQueueServer({ dataDir: join(folder, 'own'), port: 0, region: 'ap-southeast-1' })
    others.push(server)
    const stack = await start({ env: { AWS_ENDPOINT_URL_SQS: server.endpoint } })
    expect(stack.addresses.sqs).toBe(server.endpoint)
    await stack.stop()
    const sqs = new SQSClient({ endpoint: server.endpoint, region: 'ap-southeast-1', credentials: localCredentials })
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}))
    sqs.destroy()
    expect(QueueUrls.map((url) => url.split('/').at(-1))).toContain('fenghuo-local-events')
  })

  it('uses the real vendor where its credentials are set', async () => {
    const stack = await start({ env: { WECOM_KEY: 'a-real-key', FENGHUO_TENCENT_URL: 'http://127.0.0.1:9' } })
    expect(stack.sandboxes.channels).toMatchObject([
      { name: 'phone', type: 'phone', mode: 'sandbox' },
      { name: 'sms', type: 'sms', mode: 'given' },
      { name: 'wecom', type: 'wecom-robot', mode: 'real' },
    ])
    expect(stack.addresses.wecom).toBeUndefined()
    expect(stack.addresses.tencent).toBe('http://127.0.0.1:9')
  })

  it('watches a URL beside the configured checks', async () => {
    const { url } = await service()
    const stack = await start({ url })
    // One after the other: of two looks at the same moment the one that arrives later may be the older one.
    for (let look = 0; look < 2; look++) await post(stack, 'invoke/probe', { all: true })
    await vi.waitFor(async () => {
      expect((await told(stack)).checks).toContainEqual(
        expect.objectContaining({ id: 'this-machine/url', verdict: 'up' }),
      )
    }, waiting)
  })

  it('serves the console with the pages of this machine, and what they load', async () => {
    const { addresses } = await start()
    for (const path of ['/', '/demo', '/phones']) {
      const page = await fetch(addresses.console + path)
      expect(page.headers.get('content-security-policy'), path).toContain("default-src 'none'")
      for (const [, file] of (await page.text()).matchAll(/(?:src|href)="(\/assets\/[\w.-]+)"/g))
        expect((await fetch(addresses.console + file)).status, file).toBe(200)
    }
    expect((await fetch(`${addresses.console}/api/v1/incidents`)).status, 'beside the paths of other senders').toBe(200)
    for (const path of ['/console.ts', '/..%2fstack.ts', '/assets/main.js', '/nothing.js'])
      expect((await fetch(`${addresses.console}${path}`)).status, path).toBe(404)
    expect((await fetch(`${addresses.console}/_local/demo/break`)).status, 'nothing is done by looking').toBe(405)
  })

  it('takes events and flow events from other tools, but not from other sites', async () => {
    const stack = await start()
    expect(await post(stack, 'eventbridge', { source: 'aws.emr' })).toEqual({ status: 200, body: { functions: [] } })
    const origin = { origin: 'https://evil.example' }
    expect((await post(stack, 'eventbridge', {}, origin)).status).toBe(403)
    expect((await post(stack, 'demo/break', {}, origin)).status).toBe(403)
    expect(stack.demo.broken).toBe(false)
    expect((await post(stack, 'invoke/nothing')).status).toBe(404)
    expect((await post(stack, 'invoke/probe', { what: 1 })).status, 'the function refuses the event').toBe(502)
    const contact = { Attributes: {}, ContactId: 'unknown', Channel: 'VOICE' }
    const answer = await post(stack, 'contact-flow', {
      Name: 'ContactFlowEvent',
      Details: { ContactData: contact, Parameters: { action: 'answered' } },
    })
    expect(Object.values(answer.body as object).every((value) => typeof value === 'string')).toBe(true)
  })
})
