import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { signedTc3, tencentKeyOf } from '../../../shared/clouds/tencent/tc3.ts'

const sample = JSON.parse(readFileSync(new URL('../../samples/tencent-tc3-vector.json', import.meta.url), 'utf8'))

describe('a TC3 signature', () => {
  const { secretId, secretKey, timestamp, service, host, payload: body } = sample.input
  const request = {
    url: new URL(`https://${host}/`),
    service,
    action: 'DescribeInstances',
    version: '2017-03-12',
    body,
  }

  it("is the vendor's own for its published request", () => {
    const headers = signedTc3({ ...request, region: 'ap-guangzhou' }, { secretId, secretKey }, timestamp * 1000 + 999)
    expect(headers).toEqual({
      'content-type': sample.input.contentType,
      'x-tc-action': 'DescribeInstances',
      'x-tc-version': '2017-03-12',
      'x-tc-timestamp': String(timestamp),
      'x-tc-region': 'ap-guangzhou',
      authorization: sample.expected_published.authorization,
    })
  })

  it('brings the token of a temporary key', () => {
    const key = { secretId, secretKey, token: 'sts' }
    expect(signedTc3({ ...request, region: 'x' }, key, 0)).toMatchObject({ 'x-tc-token': 'sts' })
  })
})

describe('the key in an environment', () => {
  it.each([
    ['of a person', { TENCENTCLOUD_SECRET_ID: 'i', TENCENTCLOUD_SECRET_KEY: 'k' }, { secretId: 'i', secretKey: 'k' }],
    [
      "of the function's role",
      { TENCENTCLOUD_SECRETID: 'i', TENCENTCLOUD_SECRETKEY: 'k', TENCENTCLOUD_SESSIONTOKEN: 't' },
      { secretId: 'i', secretKey: 'k', token: 't' },
    ],
    ['half of one is none', { TENCENTCLOUD_SECRET_ID: 'i' }, undefined],
  ])('%s', (_, env, key) => {
    expect(tencentKeyOf(env)).toEqual(key)
  })
})
