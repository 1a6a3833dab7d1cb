import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { wire } from '../../services/console/aws.ts'
import { wire as wireEvaluate } from '../../services/evaluate/aws.ts'
import { contactsTable } from '../../shared/clouds/aws/contacts-table.ts'
import type { UrlAnswer } from '../../shared/clouds/aws/function-url.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { DAY_MS } from '../../shared/contracts/milliseconds.ts'
import { engineOnAws } from '../../shared/engine/on-aws.ts'
import { LINK_MS, signLink } from '../../shared/incidents/acknowledge-link.ts'
import { readAudit } from '../../shared/store/audit.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import { keepAddress } from '../../shared/store/region-addresses.ts'
import { context, startAws } from '../engine/aws.ts'
import { config, directory } from '../engine/world.ts'

const [OWN, OTHER] = ['ap-southeast-1', 'ap-northeast-1'] as const

/** `web` of `pay` is down, and somebody opens the console by its domain. */
async function burning({ queue, ...some }: Partial<CompiledConfig> & { queue?: string } = {}) {
  const aws = await startAws(config(some))
  onTestFinished(() => aws.stop())
  const root = await mkdtemp(join(tmpdir(), 'fenghuo-console-'))
  onTestFinished(() => rm(root, { recursive: true }))
  await writeFile(join(root, 'assets.json'), JSON.stringify({ style: 'a.css', script: 'a.js', icon: 'a.svg' }))
  const env = {
    ...aws.env,
    ...{ LAMBDA_TASK_ROOT: root, CONSOLE_ASSETS: 'assets.json', PEER_FUNCTION: 'peer', REGIONS_TABLE: 'regions' },
    ...{ ACKNOWLEDGE_URL: 'https://calls.example.com/', INGEST_URL: 'https://in.example.com/' },
  }
  await contactsTable(aws.stores.dynamodb, aws.env.CONTACTS_TABLE ?? '').write('pay', directory)
  const io = engineOnAws(env).io(context)
  const alerts = [{ action: 'trigger', project: 'pay', dedupKey: 'web', summary: '收银台 is down' }]
  await aws.send('events', JSON.stringify({ v: 1, kind: 'alerts', alerts }))
  await wireEvaluate(env)(aws.batch(await aws.receive('events')), context)
  const { generation } = (await readIncident({ project: 'pay', groupKey: 'web' }, io.incidents)) ?? expect.unreachable()
  const link = { incident: `pay#${generation}#web`, expiresAt: Date.now() + LINK_MS }
  const handler = wire({ ...env, ...(queue !== undefined && { ESCALATION_QUEUE_URL: queue }) })
  const ask = async (method: string, asked: { t?: string; form?: object; cookies?: string[]; path?: string }) => {
    const event = {
      rawPath: asked.path ?? '/ack',
      rawQueryString: asked.t === undefined ? '' : `t=${asked.t}`,
      requestContext: { http: { method, sourceIp: '198.51.100.9' }, domainName: 'console.example.com' },
      ...(asked.cookies && { cookies: asked.cookies }),
      ...(asked.form && { body: new URLSearchParams({ ...asked.form }).toString() }),
    }
    return (await handler(event, context)) as UrlAnswer
  }
  return { io, ask, own: signLink({ ...link, contact: 'lin' }, 'secret'), group: signLink(link, 'secret') }
}

it.each([
  { access: 'nobody', console: undefined },
  { access: 'somebody', console: { link: true as const, access: [{ role: 'viewer' as const, who: ['contact:*'] }] } },
])('a link is taken at the console’s address, where $access may sign in, without a session and without a script', async ({
  console,
}) => {
  const { io, ask, own } = await burning(console && { console })
  const page = await ask('GET', { t: own })

  expect(page.statusCode).toBe(200)
  expect(page.body).toMatch(/<form method="post" action="ack">.*value="lin"/)
  expect(page.body).not.toContain('<script')
  expect(page.cookies).toBeUndefined()
  expect(page.headers).toMatchObject({
    'content-security-policy': expect.stringContaining("form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  })

  const today = Math.floor(Date.now() / DAY_MS) * DAY_MS
  await ask('POST', { form: { t: own, contact: 'lin' } })
  expect(await readIncident({ project: 'pay', groupKey: 'web' }, io.incidents)).toMatchObject({
    status: 'acknowledged',
    acknowledged: { by: { contact: 'lin' } },
  })
  expect(await readAudit(today, 10, io)).toMatchObject([{ who: 'lin', via: 'link', from: '198.51.100.9', status: 200 }])
})

it('of several regions it offers the same press at another one', async () => {
  const regions = { order: [OWN, OTHER], guardMs: 60_000 }
  const { io, ask, own } = await burning({ regions, queue: `https://sqs.${OWN}.amazonaws.com/123456789012/escalation` })
  await keepAddress({ region: OTHER, acknowledge: 'https://b.example.com' }, io)
  const { body, headers } = await ask('GET', { t: own })
  expect(body).toContain('<form method="post" action="https://b.example.com/ack">')
  expect(headers['content-security-policy']).toContain("form-action 'self' https://b.example.com;")
})

it('who a browser says to be by a group’s link is remembered at that address, too; one that is forged is refused', async () => {
  const { ask, group } = await burning()
  const { cookies: [cookie = ''] = [] } = await ask('POST', { form: { t: group, contact: 'wang' } })
  expect(cookie).toMatch(/^__Host-fenghuo-.*; Path=\/; .*Secure; HttpOnly; SameSite=Lax$/)
  expect((await ask('GET', { t: `${group}x` })).statusCode).toBe(403)
  expect((await ask('DELETE', { t: group })).statusCode).toBe(405)
})

it('what is beside it stays behind the sign-in', async () => {
  const { ask, own } = await burning()
  for (const path of ['/ack/', '/ack/..', '//ack', '/%61ck', '/ACK'])
    expect((await ask('GET', { t: own, path })).statusCode, path).not.toBe(200)
})
