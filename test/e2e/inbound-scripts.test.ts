import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { mediaType, parametersOf } from '../ingest/zabbix-media-type.ts'
import { fenghuo, folder, service, start, stopsAfterEach } from '../local/stack-of.ts'
import { becomes, endsWith } from './told.ts'

// Senders that are programs of their own or scripts in an engine of their own, as their users run them.

const run = promisify(execFile)
stopsAfterEach()

/** The same address behind TLS, for a client that speaks nothing else: where it is, and the certificate that it has to trust. */
async function behindTls(url: string): Promise<{ server: string; certificate: string }> {
  await mkdir(join(folder, 'tls'), { recursive: true })
  const [key, certificate] = [join(folder, 'tls/key.pem'), join(folder, 'tls/cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', ...subject]
  await run('openssl', ['req', ...made])
  const files = { key: await readFile(key), cert: await readFile(certificate) }
  const server = createServer(files, async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    const answer = await fetch(url + request.url, { method: 'POST', headers, body: Buffer.concat(parts) })
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
    response.end(await answer.text())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  return { server: `127.0.0.1:${(server.address() as AddressInfo).port}`, certificate }
}

it('PagerDuty’s own client fires twice, acknowledges and resolves, and tells of a change', async () => {
  const stack = await start({ fenghuo: fenghuo((await service()).url) })
  const { url, keys } = stack.addresses.ingest
  const { server, certificate } = await behindTls(url)
  const script = `
    const pd = require(${JSON.stringify(import.meta.resolve('@pagerduty/pdjs').replace('file://', ''))})
    const [action, ...rest] = process.argv.slice(1)
    const payload = { summary: 'checkout is down', source: 'shop-1', severity: 'critical' }
    const data = { routing_key: ${JSON.stringify(keys.pay)}, dedup_key: 'shop/checkout', ...(action === 'trigger' || action === 'change' ? { payload } : {}) }
    if (action === 'change') delete data.dedup_key
    pd[action]({ server: ${JSON.stringify(server)}, data }).then(({ data, response }) => {
      console.log(JSON.stringify({ ...data, status: response.status }))
    }, (error) => { console.error(error); process.exit(1) })`
  const say = async (action: string) => {
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: certificate }
    return JSON.parse((await run(process.execPath, ['-e', script, action], { env })).stdout)
  }
  const accepted = { status: 202, dedup_key: 'shop/checkout' }
  expect(await say('trigger')).toMatchObject(accepted)
  await becomes(stack, { incidents: ['checkout is down open'], posts: 1 })
  expect(await say('trigger')).toMatchObject(accepted)
  expect(await say('acknowledge')).toMatchObject(accepted)
  await becomes(stack, { incidents: ['checkout is down acknowledged'], posts: 2 })
  expect(await say('change')).toMatchObject({ status: 202 })
  expect(await say('resolve')).toMatchObject(accepted)
  await endsWith(stack, { incidents: ['checkout is down resolved'], posts: 3 })
}, 60_000)

it('the Zabbix media type that users import runs in Zabbix’ own engine, and one problem is one incident', async () => {
  const stack = await start({ fenghuo: fenghuo((await service()).url) })
  const { url, keys } = stack.addresses.ingest
  const script = join(folder, 'media.js')
  await writeFile(script, mediaType.script)
  const send = async (macros: Record<string, string>, to = `${url}/zabbix/${keys.pay}`) => {
    const problem = {
      '{EVENT.ID}': '4711',
      '{EVENT.VALUE}': '1',
      '{EVENT.NAME}': 'disk is full',
      '{HOST.NAME}': 'db-1',
    }
    const parameters = parametersOf({ ...problem, '{$FENGHUO.URL}': to, ...macros })
    return (await run('zabbix_js', ['-s', script, '-p', JSON.stringify(parameters), '-t', '10'])).stdout.trim()
  }
  expect(await send({})).toBe('OK')
  await becomes(stack, { incidents: ['disk is full open'], posts: 1 })
  expect(await send({})).toBe('OK')
  expect(await send({ '{EVENT.UPDATE.STATUS}': '1', '{EVENT.ACK.STATUS}': 'Yes' })).toBe('OK')
  await becomes(stack, { incidents: ['disk is full acknowledged'], posts: 2 })
  expect(await send({ '{EVENT.VALUE}': '0' })).toBe('OK')
  await endsWith(stack, { incidents: ['disk is full resolved'], posts: 3 })
  // What is thrown Zabbix tries again.
  const refused = { stdout: expect.stringContaining('Fenghuo answered 401') }
  await expect(send({}, `${url}/zabbix/wrong`)).rejects.toMatchObject(refused)
}, 60_000)
