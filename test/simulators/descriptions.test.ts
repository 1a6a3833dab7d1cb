import {
  ConnectClient,
  DescribeContactFlowCommand,
  DescribeInstanceCommand,
  ListPhoneNumbersV2Command,
} from '@aws-sdk/client-connect'
import { Client } from 'tencentcloud-sdk-nodejs/tencentcloud/services/sms/v20210111/sms_client.js'
import { expect, it, onTestFinished } from 'vitest'
import { refusalOf } from './connect/client.ts'
import { CALLER, FLOW, INSTANCE, INSTANCE_ARN, START, startTestInstance } from './connect/instance.ts'
import { startTencentSmsSimulator } from './tencent-sms.ts'

/** The vendors' own SDKs read what the simulators tell of themselves. */
async function connect() {
  const { sim } = await startTestInstance({ sourceNumbers: [CALLER, '+6531580000'] })
  onTestFinished(() => sim.close())
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' }
  return new ConnectClient({ region: 'us-east-1', endpoint: sim.url, maxAttempts: 1, credentials })
}

it('Connect describes the instance and its flow', async () => {
  const client = await connect()
  const { Instance } = await client.send(new DescribeInstanceCommand({ InstanceId: INSTANCE }))
  expect(Instance).toMatchObject({ Id: INSTANCE, InstanceStatus: 'ACTIVE', OutboundCallsEnabled: true })
  const asked = { InstanceId: INSTANCE, ContactFlowId: FLOW }
  const { ContactFlow } = await client.send(new DescribeContactFlowCommand(asked))
  expect(ContactFlow).toMatchObject({ Id: FLOW, State: 'ACTIVE', Status: 'PUBLISHED', Type: 'CONTACT_FLOW' })
  expect(JSON.parse(ContactFlow?.Content ?? '')).toMatchObject({ Version: '2019-10-30' })
  const other = client.send(new DescribeContactFlowCommand({ ...asked, ContactFlowId: INSTANCE }))
  expect(await refusalOf(other)).toBe('ResourceNotFoundException 404')
})

it('Connect lists numbers page by page', async () => {
  const client = await connect()
  const first = await client.send(new ListPhoneNumbersV2Command({ InstanceId: INSTANCE, MaxResults: 1 }))
  expect(first.ListPhoneNumbersSummaryList).toMatchObject([{ PhoneNumber: CALLER, TargetArn: INSTANCE_ARN }])
  const { NextToken } = first
  const second = await client.send(new ListPhoneNumbersV2Command({ InstanceId: INSTANCE, MaxResults: 1, NextToken }))
  expect(second.ListPhoneNumbersSummaryList).toMatchObject([{ PhoneNumber: '+6531580000' }])
  expect(second.NextToken).toBeUndefined()
  expect(await refusalOf(client.send(new ListPhoneNumbersV2Command({ MaxResults: 1001 })))).toBe(
    'InvalidParameterException 400',
  )
})

it('Tencent SMS lists templates and signatures with their reviews', async () => {
  const sim = await startTencentSmsSimulator({
    secretId: 'id',
    secretKey: 'key',
    app: '1400006666',
    signs: ['示例科技'],
    templates: { 2100001: 2 },
    reviews: { templates: { 2100002: { statusCode: -1, reviewReply: '变量过多', content: '{1}' } } },
    now: () => START,
  })
  onTestFinished(() => sim.close())
  const { host } = new URL(sim.url)
  const httpProfile = { endpoint: host, protocol: 'http://' }
  const credential = { secretId: 'id', secretKey: 'key' }
  const client = new Client({ credential, region: 'ap-guangzhou', profile: { httpProfile } })

  const templates = await client.DescribeSmsTemplateList({ International: 0, TemplateIdSet: [2100001, 2100002, 9] })
  expect(templates.DescribeTemplateStatusSet).toMatchObject([
    { TemplateId: 2100001, StatusCode: 0, TemplateContent: '第{1}，第{2}' },
    { TemplateId: 2100002, StatusCode: -1, ReviewReply: '变量过多' },
  ])
  const signs = await client.DescribeSmsSignList({ International: 0, Limit: 1, Offset: 0 })
  expect(signs.DescribeSignListStatusSet).toMatchObject([{ SignName: '示例科技', StatusCode: 0 }])
  await expect(client.DescribeSmsSignList({ International: 2 })).rejects.toMatchObject({ code: 'InvalidParameter' })
  expect(sim.received).toEqual([])
})
