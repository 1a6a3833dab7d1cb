import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { expect, it, onTestFinished } from 'vitest'
import { wire as wireHealth } from '../../services/region-health/aws.ts'
import { wire as wireLookUp } from '../../services/region-lookup/aws.ts'
import { startLex } from '../simulators/lex.ts'
import { credentials, startStores } from '../store/stores.ts'
import { startQueue } from './queue.ts'

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 25_000 }
const asked = { Name: 'ContactFlowEvent', Details: { Parameters: { region: 'us-east-1' } } }

it('with the variables and the table of an older function the other region takes over, and stays while none is well', async () => {
  const [stores, queue, folder] = await Promise.all([
    startStores(),
    startQueue(),
    mkdtemp(join(tmpdir(), 'fenghuo-region-')),
  ])
  onTestFinished(() => stores.stop())
  onTestFinished(() => rm(folder, { recursive: true }))
  // There is Lex in the west alone: it refuses who means another region.
  const keys = { ...credentials, region: 'us-west-2' }
  const lex = await startLex({ now: Date.now, keys })
  onTestFinished(() => lex.close())
  const file = join(folder, 'config.json')
  await writeFile(file, JSON.stringify({ language: 'en' }))
  const TableName = await stores.create('RegionsTable')
  const old = { connectRegion: { S: 'us-east-1' }, lexRegion: { S: 'us-east-1' } }
  await stores.client.send(new PutItemCommand({ TableName, Item: old }))
  const env = {
    ...{ FENGHUO_CONFIG: file, TABLE_NAME: TableName, EVENTS_QUEUE_URL: queue.url, AWS_REGION: 'ap-southeast-1' },
    ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: stores.endpoint, AWS_ENDPOINT_URL_SQS: queue.endpoint },
    ...{ AWS_ENDPOINT_URL_LEX_RUNTIME_V2: lex.url, BOTNAME: 'ABCDEFGHIJ', BOT_ALIAS: 'KLMNOPQRST' },
    ...{ PRIMARY_REGION: 'us-east-1', SECONDARY_REGION: 'us-west-2', TEST_METHOD: 'put_session', TEST_USER: 'test' },
  }
  const health = wireHealth(env)
  const served = async () => (await wireLookUp(env)(asked, context)) as object

  const told = async () => (await queue.bodies()).flatMap((body) => JSON.parse(body).alerts)

  await health({}, context)
  expect(await served()).toEqual({ statusCode: '200', primaryCode: 'us-east-1', source: 'table' })
  await health({}, context)
  const Key = { connectRegion: old.connectRegion }
  const { Item } = await stores.client.send(new GetItemCommand({ TableName, Key }))
  expect(Item).toMatchObject({ lexRegion: { S: 'us-west-2' }, since: { S: expect.stringMatching(/^\d{4}-.*Z$/) } })
  expect(await served()).toEqual({ statusCode: '200', primaryCode: 'us-west-2', source: 'table' })
  const about = { project: 'fenghuo', component: 'us-east-1', action: 'trigger' }
  expect(await told()).toMatchObject([{ ...about, class: 'elsewhere', severity: 'warning' }])

  lex.deleteAlias()
  await health({}, context)
  await health({}, context)
  expect(await told()).toMatchObject([{ ...about, class: 'none-well', severity: 'critical' }])
  expect(await served()).toMatchObject({ primaryCode: 'us-west-2' })
})
