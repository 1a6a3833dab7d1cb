import { describe, expect, it, onTestFinished } from 'vitest'
import { ossAuthorization, ossBucket, ossUrl } from '../../shared/clouds/aliyun/oss-bucket.ts'
import { s3Bucket } from '../../shared/clouds/aws/s3-bucket.ts'
import { type CloudBucket, lastPut, putObject } from '../../shared/clouds/bucket.ts'
import { cosAuthorization, cosBucket, cosUrl } from '../../shared/clouds/tencent/cos-bucket.ts'
import { type CloudBucketOptions, startCos, startOss } from '../simulators/cloud-buckets.ts'

const now = Date.parse('2026-11-22T02:13:00Z')
const object = {
  key: 'pay/状态 (1).html',
  body: '<p>一切正常</p>',
  type: 'text/html; charset=utf-8',
  cacheControl: 'max-age=60',
}
const clouds = {
  oss: {
    start: startOss,
    bucketOf: ossBucket,
    name: 'example-status',
    region: 'cn-hangzhou',
    elsewhere: 'AccessDenied',
  },
  cos: {
    start: startCos,
    bucketOf: cosBucket,
    name: 'example-status-1250000000',
    region: 'ap-guangzhou',
    elsewhere: 'NoSuchBucket',
  },
}

it('the signature of OSS is that of its SDKs', () => {
  const headers = {
    'x-oss-head1': 'value',
    abc: 'value',
    'content-type': 'text/plain',
    'x-oss-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-oss-date': '20231216T162057Z',
  }
  const query = '%2Bparam1=value3&%2Bparam2&%7Cparam1=value4&%7Cparam2&param1=value1&param2'
  const request = { method: 'PUT', path: '/bucket/1234+-/123/1.txt', query, headers }
  expect(ossAuthorization(request, { region: 'cn-hangzhou', keyId: 'ak', keySecret: 'sk' })).toBe(
    'OSS4-HMAC-SHA256 Credential=ak/20231216/cn-hangzhou/oss/aliyun_v4_request,Signature=e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe',
  )
})

it('the signature of COS is that of its SDKs', () => {
  const headers = {
    host: 'testbucket-125000000.cos.ap-guangzhou.myqcloud.com',
    'x-cos-content-sha1': 'db8ac1c259eb89d4a131b253bacfca5f319d54f2',
    'x-cos-stroage-class': 'nearline',
  }
  const key = { keyId: 'QmFzZTY0IGlzIGEgZ2VuZXJp', keySecret: 'AKIDZfbOA78asKUYBcXFrJD0a1ICvR98JM' }
  expect(cosAuthorization({ method: 'PUT', path: '/testfile2', headers }, key, '1480932292;1481012292')).toBe(
    'q-sign-algorithm=sha1&q-ak=QmFzZTY0IGlzIGEgZ2VuZXJp&q-sign-time=1480932292;1481012292&q-key-time=1480932292;1481012292&q-header-list=host;x-cos-content-sha1;x-cos-stroage-class&q-url-param-list=&q-signature=ce4ac0ecbcdb30538b3fee0a97cc6389694ce53a',
  )
})

it('each cloud has addresses of its own', () => {
  const store = { region: 'cn-north-1', credentials: () => expect.fail(), now: () => now }
  expect(s3Bucket('b', store).urlOf('a/x.html').href).toBe('https://b.s3.cn-north-1.amazonaws.com.cn/a/x.html')
  expect(ossUrl({ name: 'b', region: 'cn-hangzhou' }, 'a/x.html').href).toBe(
    'https://b.oss-cn-hangzhou.aliyuncs.com/a/x.html',
  )
  // Its requests are signed for cn-shanghai-finance-1.
  expect(ossUrl({ name: 'b', region: 'cn-shanghai-finance-1' }, 'x').href).toBe(
    'https://b.oss-cn-shanghai-finance-1-pub.aliyuncs.com/x',
  )
  expect(ossUrl({ name: 'b', region: 'cn-hangzhou-finance' }, 'x').host).toBe('b.oss-cn-hzfinance.aliyuncs.com')
  expect(cosUrl({ name: 'b-125', region: 'ap-guangzhou' }, 'a/x.html').href).toBe(
    'https://b-125.cos.ap-guangzhou.myqcloud.com/a/x.html',
  )
})

describe.each(Object.entries(clouds))('a bucket of %s', (_, { start, bucketOf, name, region, elsewhere }) => {
  async function started(changes: Partial<CloudBucketOptions> = {}, own: Partial<CloudBucket> = {}) {
    const keys = { keyId: 'key', keySecret: 'secret' }
    const server = await start({ ...keys, buckets: { [name]: region }, region, now: () => now, ...changes })
    onTestFinished(() => server.close())
    return { server, bucket: bucketOf({ ...keys, name, region, endpoint: server.url, now: () => now, ...own }) }
  }

  it('takes what is put, signed, as browsers take it, and says when that was', async () => {
    const { server, bucket } = await started()
    await putObject(object, bucket)
    const { key, ...rest } = object
    expect(server.objects.get(`${name}/${key}`)).toEqual({ ...rest, at: now })
    expect(await lastPut(key, bucket)).toBe(now)
    expect(await lastPut('pay/none', bucket)).toBeUndefined()
  })

  it.each([
    ['a key that is not known', {}, { keyId: 'other' }, 'InvalidAccessKeyId'],
    ['a wrong secret', {}, { keySecret: 'other' }, 'SignatureDoesNotMatch'],
    ['a bucket that is not there', { buckets: {} }, {}, 'NoSuchBucket'],
    ['a bucket of another region', { buckets: { [name]: 'cn-beijing' } }, {}, elsewhere],
    ['a folder that is not its own', { writable: [`${name}/shop/`] }, {}, 'AccessDenied'],
    ['a wrong clock', {}, { now: () => now - 3_600_000 }, expect.stringMatching(/^Request(TimeTooSkewed|IsExpired)$/)],
  ])('tells %s by its code, and is asked once', async (__, changes, own, code) => {
    const { server, bucket } = await started(changes, own)
    await expect(putObject(object, bucket)).rejects.toMatchObject({ code })
    expect(server.requests).toHaveLength(1)
    expect(server.objects.size).toBe(0)
  })

  it('is asked once more when it is busy', async () => {
    const { server, bucket } = await started()
    server.fail({ kind: 'rate-limit' })
    await putObject(object, bucket)
    expect(server.requests).toHaveLength(2)
  })
})
