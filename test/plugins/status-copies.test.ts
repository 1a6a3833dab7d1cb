import { expect, it } from 'vitest'
import { copyStatements } from '../../plugins/config/permissions.ts'
import type { CompiledStatusPage } from '../../shared/contracts/status-page.ts'

const page: CompiledStatusPage = {
  title: { zh: '示例', en: 'Example' },
  languages: ['en'],
  components: {},
  copy: { bucket: 'example-status', region: 'eu-west-1', prefix: 'pay/' },
}
const Resource = [{ 'Fn::Sub': 'arn:${AWS::Partition}:s3:::example-status/pay/*' }]

it('watch may put copies where they are configured, and nothing where none are', () => {
  const { copy: _, ...without } = page
  expect(copyStatements({ status: { pay: page, shop: without } })).toEqual([
    { Effect: 'Allow', Action: ['s3:PutObject'], Resource },
  ])
  expect(copyStatements({ status: { shop: without } })).toEqual([])
  const store = { cloud: 'aliyun' as const, keyId: '${ID}', keySecret: '${KEY}' }
  const elsewhere = { ...page, copy: { bucket: 'b', region: 'cn-hangzhou', prefix: '', store } }
  expect(copyStatements({ status: { pay: elsewhere } })).toEqual([])
  expect(copyStatements({})).toEqual([])
})

it('of several regions it may see how old those of another one are', () => {
  const regions = { order: ['ap-southeast-1', 'ap-northeast-1'], guardMs: 60_000 }
  expect(copyStatements({ status: { pay: page }, regions })).toEqual([
    { Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'], Resource },
  ])
})
