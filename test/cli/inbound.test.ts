import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { inboundDocument } from '../../cli/inbound/document.ts'
import { inboundPage, pageOf } from '../../cli/inbound/page.ts'
import { formats } from '../../shared/ingest/registered/formats.ts'
import { guides } from '../../shared/ingest/registered/guides.ts'
import { KEY, request, sampleText, WayIn } from '../ingest/requests.ts'
import { fenghuoYml, oncallYml, type Terminal, terminal } from './terminal.ts'

let here: Terminal
let way: WayIn
beforeEach(() => {
  here = terminal({ now: () => way.now })
  here.write('fenghuo.yml', fenghuoYml)
  way = new WayIn()
})
afterEach(() => here.remove())

/** What the table of the way in has, as DynamoDB writes it. */
async function itemsFor(query: string) {
  const { ExpressionAttributeValues: values } = JSON.parse(query)
  const rows = await way.table.query(values[':pk'].S, '')
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? { N: `${value}` } : { S: value }]),
    ),
  )
}

/** A local stack that runs, as far as the way in. */
async function stack(): Promise<string> {
  const server = createServer(async (incoming, response) => {
    let text = ''
    for await (const chunk of incoming) text += chunk
    if (incoming.headers['x-amz-target'] === 'DynamoDB_20120810.Query') {
      response.writeHead(200).end(JSON.stringify({ Items: await itemsFor(text) }))
      return
    }
    const headers = incoming.headers as Record<string, string>
    const { status, body } = await way.take(request(incoming.url ?? '', text, { headers }))
    response.writeHead(status).end(JSON.stringify(body))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const tables = { contacts: 'c', incidents: 'i', checks: 'k', regions: 'r' }
  const ingest = { url, keys: { pay: KEY } }
  here.write(
    '.fenghuo/stack.json',
    JSON.stringify({
      pid: process.pid,
      console: url,
      dynamodb: url,
      region: 'ap-southeast-1',
      ingest,
      queues: {},
      tables,
    }),
  )
  return url
}

describe('fenghuo inbound', () => {
  it('lists the address of every format, its key masked', async () => {
    const url = await stack()
    const { code, out } = await here.run('inbound', '--project', 'pay')
    expect(code).toBe(0)
    expect(out).toContain(`${url}/alertmanager/0123…`)
    expect(out).not.toContain(KEY)
    const { out: json } = await here.run('inbound', '--project', 'pay', '--json')
    expect(JSON.parse(json).formats.map(({ format }: { format: string }) => format)).toEqual(
      formats.map(({ format }) => format),
    )
    expect(json).not.toContain(KEY)
  })

  it('says when each format was last heard of', async () => {
    await stack()
    await here.run('inbound', 'test', 'alertmanager', '--project', 'pay')
    way.now += 3 * 60_000
    const { out } = await here.run('inbound', '--project', 'pay')
    expect(out).toMatch(/^alertmanager +Alertmanager webhook +3 min ago +http/m)
    const { out: json } = await here.run('inbound', '--project', 'pay', '--json')
    const { formats: all } = JSON.parse(json) as { formats: { format: string; lastSeen: unknown }[] }
    expect(all.flatMap(({ format, lastSeen }) => (lastSeen === null ? [] : [[format, lastSeen]]))).toEqual([
      ['alertmanager', { at: new Date(way.now - 3 * 60_000).toISOString(), alerts: 1 }],
    ])
  })

  it.each(
    guides.filter(({ example }) => example !== undefined).map(({ format: { format } }) => format),
  )('test %s sends a test through the real address, and resolves it', async (format) => {
    await stack()
    const { code, out } = await here.run('inbound', 'test', format, '--project', 'pay')
    expect({ code, out }).toMatchObject({ code: 0 })
    const actions = (way.alerts as { action: string }[]).map(({ action }) => action)
    expect(actions).toEqual(format === 'pagerduty-change' ? [] : ['trigger', 'resolve'])
    expect(new Set((way.alerts as { dedupKey: string }[]).map(({ dedupKey }) => dedupKey)).size).toBeLessThan(2)
  })

  it.each([
    ['zh', '接入测试'],
    ['en', 'Test of the way in'],
  ])('test says what it is in the language of the projects: %s', async (language, says) => {
    await stack()
    here.write('fenghuo.yml', fenghuoYml.replace('language: zh', `language: ${language}`))
    const said: string[] = []
    for (const { format, example } of guides) {
      if (example === undefined) continue
      way.alerts.splice(0)
      await here.run('inbound', 'test', format.format, '--project', 'pay')
      const begun = (way.alerts as { action: string; summary: string }[]).find(({ action }) => action === 'trigger')
      // What travels as a fact is said in the language of whoever reads it.
      if (begun?.summary) expect(begun.summary, format.format).toContain(says)
      said.push(...(begun?.summary ? [begun.summary] : []))
    }
    expect(said.length).toBeGreaterThan(guides.length / 2)
  })

  it.each([
    ['grafana', { secret: 's', header: 'X-Signature' }, '{ secret: "${SECRET}", header: X-Signature }'],
    [
      'grafana',
      { secret: 's', header: 'X-Signature', timestampHeader: 'X-Time' },
      '{ secret: "${SECRET}", header: X-Signature, timestampHeader: X-Time }',
    ],
    ['sentry', { secret: 's' }, '{ secret: "${SECRET}" }'],
  ])('test %s signs as the project wants it signed: %j', async (format, options, written) => {
    await stack()
    way.options[format] = options
    const inbound = `    inbound: { ${format}: ${written} }\n`
    here.write('fenghuo.yml', fenghuoYml.replace('    title: 支付\n', `    title: 支付\n${inbound}`))
    const test = () => here.run('inbound', 'test', format, '--project', 'pay')
    expect(await test()).toMatchObject({ code: 2, err: expect.stringContaining('SECRET signs what comes from') })
    here.io.env.SECRET = 'another'
    expect(await test()).toMatchObject({ code: 1, out: expect.stringMatching(/^HTTP 401 /) })
    here.io.env.SECRET = 's'
    expect(await test()).toMatchObject({ code: 0 })
  })

  it('test of a deployment wakes nobody by what has no severity, unless that is meant', async () => {
    const severe: string[] = []
    for (const { format, example } of guides) {
      if (example === undefined) continue
      const { err } = await here.run('inbound', 'test', format.format, '--project', 'pay', '--stage', 'prod')
      if (err.includes('may call before it is resolved: --yes sends it')) severe.push(format.format)
    }
    expect(severe).toEqual(['pagerduty-v1', 'uptime-kuma'])
    const { err } = await here.run('inbound', 'test', 'uptime-kuma', '--project', 'pay', '--stage', 'prod', '--yes')
    expect(err).not.toContain('--yes')
  })

  it('tells what was answered when it is not taken', async () => {
    await stack()
    way.queueFails = true
    expect(await here.run('inbound', 'test', 'pagerduty', '--project', 'pay')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^HTTP 429 /),
    })
  })

  it.each([
    [['test', 'pagerdutty'], /no format is named `pagerdutty` \(did you mean `pagerduty`\?\)/],
    [['test', 'seed', '--project', 'pay'], /nothing ends what seed begins/],
    [['--project', 'pai'], /--project pai: there is no such project \(did you mean `pay`\?\)/],
  ])('%j is bad usage', async (args, err) => {
    await stack()
    expect(await here.run('inbound', ...args)).toMatchObject({ code: 2, err: expect.stringMatching(err) })
  })
})

describe('fenghuo replay', () => {
  it('shows what would come of a payload, and whom it would reach', async () => {
    here.write('body.json', sampleText('alertmanager-v4-truncated.json'))
    const { code, out } = await here.run('replay', 'body.json', '--project', 'pay')
    expect(code).toBe(0)
    expect(out).toContain('Alertmanager webhook: 1 alert of pay')
    expect(out).toContain('trigger  critical  am/c762dda1bc97bb22  web-1:9100 is down')
    expect(out).toContain('note: the sender left out alerts of this group: 41')
    expect(out).toContain('Opens 1 incident, unless they are open.')
    expect(out).toContain('critical: chat wecom, and layer by layer')
    expect(out).toContain('there is no oncall.yml')
  })

  it.each([
    [
      'emr-step-status-change-failed.json',
      /AWS events \(EventBridge\): 1 alert.* EMR step CustomJAR \(.*\) has failed/s,
    ],
    ['sns-lambda-envelope.json', /Amazon SNS, CloudWatch alarms: 1 alert of pay.*web-cpu-high/s],
    ['ec2-instance-state-change.json', /0 alerts of pay\n\nNothing comes of it/],
  ])('says what people would read of %s', async (name, words) => {
    here.write('body.json', sampleText(name))
    expect(await here.run('replay', 'body.json', '--project', 'pay')).toMatchObject({
      code: 0,
      out: expect.stringMatching(words),
    })
  })

  it('names the people of each layer', async () => {
    here.write('oncall.yml', oncallYml)
    here.write('body.json', sampleText('alertmanager-v4-truncated.json'))
    const { out } = await here.run('replay', 'body.json', '--project', 'pay')
    expect(out).toMatch(/^1 +王磊 \(wang\) +phone .*\n2 +王磊 \(wang\) +phone .*\n2 +- 陈涛 has no phone/m)
    const { out: json } = await here.run('replay', 'body.json', '--project', 'pay', '--json')
    expect(JSON.parse(json)).toMatchObject({
      project: 'pay',
      plans: [{ severity: 'critical', once: false, chat: ['wecom'], layers: [{ targets: [{ contact: 'wang' }] }, {}] }],
    })
  })

  it('of our own format goes by the project that it names, and of what is told once calls nobody', async () => {
    here.write('oncall.yml', oncallYml)
    const alert = {
      action: 'trigger',
      project: 'pay',
      dedupKey: 'x',
      summary: 'restarted',
      severity: 'info',
      once: true,
    }
    here.write('body.json', JSON.stringify({ v: 1, kind: 'alerts', alerts: [alert] }))
    const { out } = await here.run('replay', 'body.json')
    expect(out).toContain('Our own alerts: 1 alert of pay')
    expect(out).toContain('Tells of 1 thing once')
    expect(out).toContain('info, once: chat wecom; nobody is called')
  })

  it('reads a form', async () => {
    here.write('body.txt', sampleText('alibaba-cms-callback-ok.txt'))
    const { out } = await here.run('replay', 'body.txt', '--json')
    expect(JSON.parse(out)).toMatchObject({ format: 'aliyun', alerts: [{ action: 'resolve' }] })
  })

  it.each([
    ['en', /^EMR step .* has failed/],
    ['zh', /^EMR 步骤 .*失败/],
  ] as const)('gives machines the sentence of what a fact says: %s', async (language, expected) => {
    here.io.language = language
    here.write('body.json', sampleText('emr-step-status-change-failed.json'))
    const { out } = await here.run('replay', 'body.json', '--project', 'pay', '--json')
    const [{ summary, fact }] = JSON.parse(out).alerts
    expect({ summary, fact }).toMatchObject({ summary: expect.stringMatching(expected), fact: { code: 'aws-change' } })
  })

  it('says why a payload would be refused', async () => {
    here.write('body.json', '{"routing_key":"x","event_action":"trigger"}')
    expect(await here.run('replay', 'body.json')).toMatchObject({
      code: 1,
      out: expect.stringContaining("payload.summary: 'payload.summary' is missing or blank"),
    })
  })
})

it.each([
  ['inbound.md', 'en'],
  ['inbound.zh-CN.md', 'zh'],
] as const)('%s tells of every format as it is', (name, language) => {
  const docs = join(import.meta.dirname, '../../docs')
  expect(inboundDocument(language), 'run `npx node cli/schema.ts`').toBe(readFileSync(join(docs, name), 'utf8'))
  for (const guide of guides) {
    const page = readFileSync(join(docs, pageOf(guide, language)), 'utf8')
    expect(inboundPage(guide, language), 'run `npx node cli/schema.ts`').toBe(page)
  }
})

it('there is a page of each format, and of nothing else', () => {
  const pages = guides.flatMap((guide) => [pageOf(guide, 'en'), pageOf(guide, 'zh')])
  const docs = join(import.meta.dirname, '../../docs')
  expect(readdirSync(join(docs, 'inbound')).map((name) => `inbound/${name}`)).toEqual(pages.sort())
})
