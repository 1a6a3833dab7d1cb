import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, it, onTestFinished } from 'vitest'
import { wire } from '../../services/region-health/aws.ts'
import { dynamoTable } from '../../shared/clouds/aws/table.ts'
import { greetingBack } from '../../shared/engine/regions/greet-peer.ts'
import { keepCanary } from '../../shared/store/canary.ts'
import { startInvoked } from '../simulators/invoked.ts'
import { credentials, startStores } from '../store/stores.ts'
import { startQueue } from './queue.ts'

const [OWN, OTHER] = ['ap-southeast-1', 'ap-northeast-1'] as const
const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 25_000 }

/** The way to another region: its function and its tables, each at an address of its own. */
async function gateway(lambda: string, tables: string): Promise<string> {
  const server = createServer((asked, answer) => {
    const { url = '/', method = 'POST', headers } = asked
    const to = new URL(url, url.startsWith('/2015-03-31/') ? lambda : tables)
    const onward = request(to, { method, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
    })
    asked.pipe(onward)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

it('another region is looked at by its canary and its function, and what is found stands in the regions table', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-peers-'))
  const [stores, queue] = await Promise.all([startStores(), startQueue()])
  onTestFinished(() => stores.stop())
  onTestFinished(() => rm(folder, { recursive: true }))
  let isMute = false
  const peer = await startInvoked({
    ...{ now: Date.now, keys: { ...credentials, region: OTHER }, functionName: 'fenghuo-prod-peer' },
    async work(input) {
      if (isMute) throw new Error('FENGHUO_SECRET is not set')
      return greetingBack(input, OTHER, Date.now())
    },
  })
  onTestFinished(() => peer.close())
  const [INCIDENTS_TABLE, REGIONS_TABLE] = await Promise.all([
    stores.create('IncidentsTable'),
    stores.create('RegionsTable'),
  ])
  await keepCanary(Date.now(), { incidents: dynamoTable(stores.dynamodb, INCIDENTS_TABLE), now: Date.now })
  const file = join(folder, 'config.json')
  await writeFile(file, JSON.stringify({ language: 'en', regions: { order: [OWN, OTHER], guardMs: 60_000 } }))
  const health = wire({
    ...{ FENGHUO_CONFIG: file, AWS_REGION: OWN, EVENTS_QUEUE_URL: queue.url, PEER_FUNCTION: 'fenghuo-prod-peer' },
    ...{ TABLE_NAME: REGIONS_TABLE, REGIONS_TABLE, INCIDENTS_TABLE },
    ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: stores.endpoint, AWS_ENDPOINT_URL_SQS: queue.endpoint },
    FENGHUO_REGIONS_URL: await gateway(peer.url, stores.endpoint),
  })
  const known = async () => {
    const Key = { connectRegion: { S: 'peers#health' } }
    const { Item } = await stores.client.send(new GetItemCommand({ TableName: REGIONS_TABLE, Key }))
    return JSON.parse(Item?.state?.S ?? '{}')
  }

  for (const _ of [1, 2]) await health({}, context)
  expect((await known()).regions).toEqual({ [OTHER]: expect.objectContaining({ is: 'well', results: 'ww' }) })
  isMute = true
  for (const _ of [1, 2]) await health({}, context)
  expect(await known()).toMatchObject({
    regions: { [OTHER]: { is: 'faulty', fault: { code: 'region-unanswering' } } },
    history: [
      { region: OTHER, is: 'faulty' },
      { region: OTHER, is: 'well' },
    ],
  })
  // It is told once that has lasted.
  expect(await queue.bodies()).toEqual([])
})
