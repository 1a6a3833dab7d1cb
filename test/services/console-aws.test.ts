import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gunzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { wire } from '../../services/console/aws.ts'
import { formToken } from '../../services/console/guard.ts'
import { contactsTable } from '../../shared/clouds/aws/contacts-table.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { feedPath } from '../../shared/oncall/feed-address.ts'
import { context, startAws } from '../engine/aws.ts'
import { config, directory } from '../engine/world.ts'

const TOKEN = 'a-token-of-a-program-that-reads'
const sre = { timezone: 'Asia/Shanghai', rotation: ['lin', 'wang'], handoff: 'Mon 10:00', start: '2026-11-16' }

async function packaged(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'fenghuo-console-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const names = { style: 'main-1.css', script: 'main-1.js', icon: 'beacon-1.svg' }
  for (const [name, text] of Object.entries({ 'assets.json': JSON.stringify(names), ...files }))
    await writeFile(join(root, name), text)
  return root
}

it('a browser gets each file that its page names, and no other of the package', async () => {
  const aws = await startAws(config())
  onTestFinished(() => aws.stop())
  const kept = brotliCompressSync('p { margin: 0 }')
  const root = await packaged({ 'main-1.css.br': kept, 'console.json': 'who may sign in' })
  const handler = wire({
    ...aws.env,
    LAMBDA_TASK_ROOT: root,
    CONSOLE_ASSETS: 'assets.json',
    ACKNOWLEDGE_URL: 'https://calls.example.com/',
    INGEST_URL: 'https://in.example.com/',
  })
  const get = async (rawPath: string, headers: Record<string, string> = {}, method = 'GET') =>
    (await handler({ rawPath, headers, requestContext: { http: { method } } }, context)) as {
      statusCode: number
      headers: Record<string, string>
      body: string
    }

  const style = await get('/assets/main-1.css')
  expect(style).toMatchObject({ statusCode: 200, headers: { 'content-type': 'text/css; charset=utf-8' } })
  expect(style.headers).not.toHaveProperty('content-encoding')
  expect(Buffer.from(style.body, 'base64').toString()).toBe('p { margin: 0 }')

  // As it is kept to who takes it so, and anew to others; a cache between is told that they differ.
  const taken = { 'accept-encoding': 'gzip, deflate, br;q=1.0' }
  const asKept = await get('/assets/main-1.css', taken)
  expect(asKept.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding', etag: style.headers.etag })
  expect(Buffer.from(asKept.body, 'base64')).toEqual(kept)
  const zipped = await get('/assets/main-1.css', { 'accept-encoding': 'br;q=0, gzip' })
  expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
  expect(gunzipSync(Buffer.from(zipped.body, 'base64')).toString()).toBe('p { margin: 0 }')
  const head = await get('/assets/main-1.css', taken, 'HEAD')
  expect(head).toMatchObject({ statusCode: 200, body: '', headers: asKept.headers })
  const again = await get('/assets/main-1.css', { ...taken, 'if-none-match': style.headers.etag ?? '' })
  expect(again).toMatchObject({ statusCode: 304, body: '' })
  expect(again.headers).not.toHaveProperty('content-encoding')

  for (const name of [
    'console.json',
    'main-1.css.br',
    '..%2fconsole.json',
    'main-2.css',
    '..%2f..%2fetc%2fpasswd.css',
    'constructor',
  ])
    expect((await get(`/assets/${name}`)).statusCode, name).toBe(404)
})

it('who is on call can be subscribed to, at the function that answers calendars', async () => {
  const access = [{ role: 'viewer' as const, tokens: [TOKEN] }]
  const aws = await startAws(config({ console: { access } }))
  onTestFinished(() => aws.stop())
  const root = await packaged()
  const table = contactsTable(dynamoDb(aws.env), aws.env.CONTACTS_TABLE ?? '')
  await table.write('pay', { ...directory, schedules: { sre } })

  const answer = (await wire({
    ...aws.env,
    LAMBDA_TASK_ROOT: root,
    CONSOLE_ASSETS: 'assets.json',
    ACKNOWLEDGE_URL: 'https://calls.example.com/',
    INGEST_URL: 'https://in.example.com/',
  })(
    {
      rawPath: '/oncall',
      headers: { host: 'console.example.com', authorization: `Bearer ${TOKEN}` },
      requestContext: { http: { method: 'GET' } },
    },
    context,
  )) as { statusCode: number; body: string }

  expect(answer.statusCode).toBe(200)
  const text = Buffer.from(answer.body, 'base64').toString()
  expect(text).toContain(`href="https://calls.example.com${feedPath({ project: 'pay', name: 'sre' }, 'secret')}"`)
})

it('an override is written where pages look for who is on call', async () => {
  const aws = await startAws(config({ console: { access: [{ role: 'responder' as const, tokens: [TOKEN] }] } }))
  onTestFinished(() => aws.stop())
  const table = contactsTable(dynamoDb(aws.env), aws.env.CONTACTS_TABLE ?? '')
  await table.write('pay', { ...directory, schedules: { sre } })
  const fields = { schedule: 'sre', kind: 'add', who: 'wang', from: 'now', to: '2099-01-01', do: 'make' }

  const answer = (await wire({
    ...aws.env,
    LAMBDA_TASK_ROOT: await packaged(),
    CONSOLE_ASSETS: 'assets.json',
    ACKNOWLEDGE_URL: 'https://calls.example.com/',
    INGEST_URL: 'https://in.example.com/',
  })(
    {
      rawPath: '/oncall',
      headers: { host: 'console.example.com', authorization: `Bearer ${TOKEN}`, 'sec-fetch-site': 'same-origin' },
      cookies: ['__Host-fenghuo-session=a-browser'],
      requestContext: { http: { method: 'POST' }, domainName: 'console.example.com' },
      body: new URLSearchParams({ ...fields, t: formToken('secret', 'a-browser', '/oncall') }).toString(),
    },
    context,
  )) as { statusCode: number }

  expect(answer.statusCode).toBe(303)
  const row = await table.read('pay')
  expect(row?.directory.overrides).toMatchObject([{ add: 'wang', made: { by: 'console' } }])
})

it('the address in a letter is the one that AWS was asked by, or console.url, and never what a request says of itself', async () => {
  const letterTo = async (url: string | undefined, domainName: string | undefined) => {
    const console = {
      link: true as const,
      access: [{ role: 'viewer' as const, who: ['contact:*'] }],
      ...(url && { url }),
    }
    const aws = await startAws(config({ console }))
    onTestFinished(() => aws.stop())
    const table = contactsTable(dynamoDb(aws.env), aws.env.CONTACTS_TABLE ?? '')
    await table.write('pay', { ...directory, contacts: { lin: { name: '林悦', email: 'lin@example.com' } } })
    const handler = wire({
      ...aws.env,
      LAMBDA_TASK_ROOT: await packaged(),
      CONSOLE_ASSETS: 'assets.json',
      ACKNOWLEDGE_URL: 'https://calls.example.com/',
      INGEST_URL: 'https://in.example.com/',
    })
    const event = {
      rawPath: '/sign-in/link',
      headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'sec-fetch-site': 'same-origin' },
      cookies: ['__Host-fenghuo-session=a-browser'],
      requestContext: { http: { method: 'POST', sourceIp: '192.0.2.7' }, ...(domainName && { domainName }) },
      body: new URLSearchParams({ who: 'lin', t: formToken('secret', 'a-browser', '/sign-in/link') }).toString(),
    }
    const { statusCode } = (await handler(event, context)) as { statusCode: number }
    const [message] = await aws.receive('escalation')
    return [statusCode, message && JSON.parse(message.Body ?? '').url]
  }
  expect(await letterTo(undefined, 'x.lambda-url.example')).toEqual([
    200,
    'https://x.lambda-url.example/sign-in/link/open',
  ])
  expect(await letterTo('https://oncall.example.com', 'x.lambda-url.example')).toEqual([
    200,
    'https://oncall.example.com/sign-in/link/open',
  ])
  expect(await letterTo(undefined, undefined)).toEqual([503, undefined])
})
