import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished, vi } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { seenBy } from '../records.ts'

/** All are this machine; the last digit tells what they stand for. */
const PUBLIC = '127.0.0.2'
const PRIVATE = '127.0.0.3'
const LOOPBACK = '127.0.0.4'

vi.mock('../../../shared/checks/network/private-host.ts', () => ({
  privateHost: (host: string) => ({ '127.0.0.3': 'private', '127.0.0.4': 'loopback' })[host],
}))

/** Answers everything by a redirect to `location`, or else with 200. Returns its URL. */
async function web(host: string, location?: string): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(location === undefined ? 200 : 302, location === undefined ? {} : { location }).end()
  })
  server.listen(0, host)
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `http://${host}:${(server.address() as AddressInfo).port}/`
}

const refused = (address: string) => ({ outcome: 'down', fault: fact('redirect-inward', { address }) })

it.each([
  ['a public target to a private address', [PUBLIC, PRIVATE], refused(PRIVATE)],
  ['a public target to loopback', [PUBLIC, LOOPBACK], refused(LOOPBACK)],
  ['a public target by way of another one', [PUBLIC, PUBLIC, PRIVATE], refused(PRIVATE)],
  ['a private target to loopback', [PRIVATE, LOOPBACK], refused(LOOPBACK)],
  ['a private target to its likes', [PRIVATE, PRIVATE], { outcome: 'up' }],
  ['a private target by way of a public one (a sign-in)', [PRIVATE, PUBLIC, PRIVATE], { outcome: 'up' }],
  ['a private target to the public', [PRIVATE, PUBLIC], { outcome: 'up' }],
  ['a target on this machine to others on it', [LOOPBACK, LOOPBACK], { outcome: 'up' }],
])('redirects: %s', async (_reason, hosts, expected) => {
  let url: string | undefined
  for (const host of hosts.toReversed()) url = await web(host, url)
  expect(await seenBy({ http: url })).toMatchObject(expected)
})

it('are followed anywhere where that is allowed', async () => {
  const url = await web(PUBLIC, await web(PRIVATE))
  expect(await seenBy({ http: url, allowPrivateRedirects: true })).toMatchObject({ outcome: 'up' })
})

it('a target that is private itself needs no word', async () => {
  expect(await seenBy({ http: await web(PRIVATE) })).toMatchObject({ outcome: 'up' })
})
