import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { packageService, templateOf } from '../infrastructure/packaged.ts'
import { sample } from '../ingest/requests.ts'
import { startDingtalkSimulator } from '../simulators/dingtalk.ts'
import { FunctionProcess } from '../simulators/functions/process.ts'
import { unzip } from '../simulators/functions/zip.ts'
import { startWecomAppSimulator } from '../simulators/wecom-app.ts'
import { clouds } from './clouds.ts'

const settings = { dd_flag: 'Y', dd_sk: 'robot', wx_flag: 'Y', wx_ent: 'ww01', wx_ak: '1000002', wx_sk: 'secret' }

/** As SNS invokes a function with what a rule of EventBridge has published. */
const published = (event: object, id: string) => ({
  Records: [{ EventSource: 'aws:sns', Sns: { Type: 'Notification', MessageId: id, Message: JSON.stringify(event) } }],
})
const cluster = (state: string) => ({
  ...(sample('emr-cluster-state-change-starting') as object),
  id: `e-${state}`,
  detail: { clusterId: 'j-1', name: 'nightly', state, message: 'Amazon EMR cluster j-1', severity: 'INFO' },
})

it('the zip of serverless.tell.yml tells a robot by its keyword, and an application, by the six variables alone', async () => {
  const packaged = await packageService('', { ...settings, language: 'en' }, { config: 'serverless.tell.yml' })
  expect(packaged).toMatchObject({ code: 0 })
  const { Properties } = templateOf(packaged).Resources.TellLambdaFunction ?? expect.unreachable()
  expect(Properties.Environment).toEqual({ Variables: { ...settings, language: 'en', timezone: '' } })
  // What it could tell nobody, and what SNS could not hand over, is kept.
  const dlq = { 'Fn::GetAtt': ['TellDlq', 'Arn'] }
  expect(templateOf(packaged).Resources).toMatchObject({
    TellFailures: { Properties: { DestinationConfig: { OnFailure: { Destination: dlq } } } },
    TellSubscription: { Properties: { RedrivePolicy: { deadLetterTargetArn: dlq } } },
    TellDlqPolicy: { Properties: { Queues: [{ Ref: 'TellDlq' }] } },
  })
  const statement = { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: dlq }
  expect(JSON.stringify(templateOf(packaged).Resources)).toContain(JSON.stringify(statement))

  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-tell-'))
  await unzip(packaged.files.get('tell.zip') ?? expect.unreachable(), folder)
  const dingtalk = await startDingtalkSimulator({ robots: [{ token: 'robot', keyword: '202' }], now: Date.now })
  const wecom = await startWecomAppSimulator({
    now: Date.now,
    applications: [{ corp: 'ww01', secret: 'secret', agent: 1000002, members: ['LinYue'] }],
  })
  const { node, bootstrap } = clouds.aws
  const tell = new FunctionProcess({
    folder,
    handler: 'services/tell/aws.handler',
    node,
    bootstrap,
    startMs: 10_000,
    env: { ...settings, FENGHUO_DINGTALK_URL: dingtalk.url, FENGHUO_WECOM_APP_URL: wecom.url },
  })
  onTestFinished(async () => {
    await Promise.all([tell.stop(), dingtalk.close(), wecom.close()])
    await rm(folder, { recursive: true })
  })

  const context = { awsRequestId: 'r-1', functionName: 'tell', timeoutMs: 30_000 }
  for (const state of ['STARTING', 'RUNNING', 'WAITING']) {
    const event = Buffer.from(JSON.stringify(published(cluster(state), `m-${state}`)))
    expect(await tell.invoke(event, { context, timeoutMs: 30_000 })).toMatchObject({ outcome: { kind: 'returned' } })
  }
  expect(dingtalk.received.map(({ title }) => title)).toEqual([
    '提示 | AWS / EMR 集群 nightly（j-1）正在启动',
    '提示 | AWS / EMR 集群 nightly（j-1）运行中',
    '提示 | AWS / EMR 集群 nightly（j-1）空闲等待',
  ])
  expect(wecom.received).toMatchObject(Array.from({ length: 3 }, () => ({ to: ['@all'] })))
  expect(wecom.received[0]?.content).toMatch(/起于 .*\d\d:\d\d/)
}, 180_000)
