import { afterEach, beforeEach, expect, it } from 'vitest'
import { wire } from '../../services/tell/aws.ts'
import { sample } from '../ingest/requests.ts'
import { type DingtalkSimulator, startDingtalkSimulator } from '../simulators/dingtalk.ts'
import { startWecomAppSimulator, type WecomAppSimulator } from '../simulators/wecom-app.ts'

let dingtalk: DingtalkSimulator
let wecom: WecomAppSimulator
beforeEach(async () => {
  // The robot's keyword is a part of each year's number, as messages have the date in them.
  dingtalk = await startDingtalkSimulator({ robots: [{ token: 'robot-token', keyword: '202' }], now: Date.now })
  wecom = await startWecomAppSimulator({
    now: Date.now,
    applications: [{ corp: 'ww01', secret: 'app-secret', agent: 1000002, members: ['LinYue'] }],
  })
})
afterEach(() => Promise.all([dingtalk.close(), wecom.close()]))

const variables = () => ({
  dd_flag: 'Y',
  dd_sk: 'robot-token',
  wx_flag: 'Y',
  wx_ent: 'ww01',
  wx_ak: '1000002',
  wx_sk: 'app-secret',
  FENGHUO_DINGTALK_URL: dingtalk.url,
  FENGHUO_WECOM_APP_URL: wecom.url,
})
const context = { awsRequestId: 'r-1', getRemainingTimeInMillis: () => 30_000 }
/** As SNS invokes a function with what a rule has published. */
const published = (message: unknown, id = 'm-1') => ({
  Records: [
    {
      EventSource: 'aws:sns',
      Sns: { Type: 'Notification', MessageId: id, Subject: null, Message: JSON.stringify(message) },
    },
  ],
})
const cluster = (state: string) => ({
  ...(sample('emr-cluster-state-change-starting') as object),
  id: `e-${state}`,
  time: '2026-11-28T08:00:00Z',
  detail: { clusterId: 'j-1', name: 'nightly', state, message: 'Amazon EMR cluster j-1', severity: 'INFO' },
})

it('tells the robot and the application of each change of a cluster', async () => {
  const tell = wire(variables())
  for (const [index, state] of ['STARTING', 'RUNNING', 'WAITING', 'RUNNING', 'WAITING'].entries())
    await tell(published(cluster(state), `m-${index}`), context)
  expect(dingtalk.received.map(({ title }) => title)).toEqual([
    '提示 | AWS / EMR 集群 nightly（j-1）正在启动',
    '提示 | AWS / EMR 集群 nightly（j-1）运行中',
    '提示 | AWS / EMR 集群 nightly（j-1）空闲等待',
    '提示 | AWS / EMR 集群 nightly（j-1）运行中',
    '提示 | AWS / EMR 集群 nightly（j-1）空闲等待',
  ])
  expect(wecom.received.map(({ to }) => to)).toEqual(Array.from({ length: 5 }, () => ['@all']))
  expect(wecom.received[0]?.content).toContain('EMR 集群 nightly（j-1）正在启动')
  // One access token serves them all.
  expect(wecom.requests.filter(({ path }) => path === '/cgi-bin/gettoken')).toHaveLength(1)
})

it.each([
  [
    'an instance, handed over by a rule itself',
    { ...(sample('ec2-instance-state-change') as object), time: '2026-11-28T08:00:00Z' },
    /EC2 实例 i-\S+ /,
  ],
  ['what nobody foresaw', { source: 'aws.new', 'detail-type': 'A New Thing', detail: { a: 1 } }, /A New Thing/],
  ['a text', published('the disk is full'), /the disk is full/],
  ['something else', { a: [1] }, /\{"a":［1］\}/],
])('tells of %s', async (_, event, expected) => {
  await wire(variables())(event, context)
  expect(dingtalk.received.map(({ text }) => text)).toEqual([expect.stringMatching(expected)])
})

it('tells nobody who is not switched on', async () => {
  await wire({ ...variables(), dd_flag: 'N' })(published(cluster('RUNNING')), context)
  expect([dingtalk.received.length, wecom.received.length]).toEqual([0, 1])
})

it('is tried again by Lambda when one was not reached, and tells the other once', async () => {
  const tell = wire({ ...variables(), wx_sk: 'of another application' })
  await expect(tell(published(cluster('RUNNING')), context)).rejects.toThrow('not told: wecom-app')
  await expect(tell(published(cluster('RUNNING')), context)).rejects.toThrow('not told: wecom-app')
  expect(dingtalk.received).toHaveLength(1)
})

it('names a variable that is missing', () => {
  expect(() => wire({ ...variables(), dd_sk: '' })).toThrow('dd_sk is not set')
})

it('takes the whole address of a robot for its token', async () => {
  const tell = wire({
    ...variables(),
    wx_flag: '',
    dd_sk: 'https://oapi.dingtalk.com/robot/send?access_token=robot-token',
  })
  await tell(published(cluster('RUNNING')), context)
  expect(dingtalk.received).toHaveLength(1)
})
