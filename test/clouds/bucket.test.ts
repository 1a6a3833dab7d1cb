import { expect, it, onTestFinished } from 'vitest'
import { s3Bucket } from '../../shared/clouds/aws/s3-bucket.ts'
import { lastPut, type PutObject, putObject } from '../../shared/clouds/bucket.ts'
import { type S3Options, startS3 } from '../simulators/s3.ts'

const now = Date.parse('2026-11-22T02:13:00Z')
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
const page: PutObject = {
  key: 'pay/zh.html',
  body: '<p>一切正常</p>',
  type: 'text/html; charset=utf-8',
  cacheControl: 'max-age=60',
}

const bucketAt = (endpoint: string) =>
  s3Bucket('example-status', { region: 'eu-west-1', endpoint, credentials: () => keys, now: () => now })

async function s3(changes: Partial<S3Options> = {}) {
  const server = await startS3({ ...keys, buckets: { 'example-status': 'eu-west-1' }, now: () => now, ...changes })
  onTestFinished(() => server.close())
  return { server, bucket: bucketAt(server.url) }
}

it('puts what it was given, signed, as browsers take it', async () => {
  const { server, bucket } = await s3()
  await putObject(page, bucket)
  expect(server.objects.get('example-status/pay/zh.html')).toEqual({
    body: page.body,
    type: page.type,
    cacheControl: 'max-age=60',
    at: now,
  })
  expect(await lastPut('pay/zh.html', bucket)).toBe(now)
  expect(await lastPut('pay/none', bucket)).toBeUndefined()
})

it.each([
  ['a bucket that is not there', { buckets: {} }, 'NoSuchBucket'],
  ['a bucket of another region', { buckets: { 'example-status': 'us-east-1' } }, 'AuthorizationHeaderMalformed'],
  ['a folder that is not its own', { writable: ['example-status/shop/'] }, 'AccessDenied'],
  ['another key', { secretAccessKey: 'other' }, 'SignatureDoesNotMatch'],
])('%s is told by its code, and asked for once', async (_, changes, code) => {
  const { server, bucket } = await s3(changes)
  await expect(putObject(page, bucket)).rejects.toMatchObject({ code })
  expect(server.requests).toHaveLength(1)
})

it.each([
  ['SlowDown', { kind: 'rate-limit' as const }],
  ['a broken line', { kind: 'reset' as const }],
  ['a lost answer', { kind: 'reset' as const, taken: true }],
  ['an error of theirs', { kind: 'http' as const, status: 500 }],
])('%s is asked for once more', async (_, failure) => {
  const { server, bucket } = await s3()
  server.fail(failure)
  await putObject(page, bucket)
  expect(server.requests).toHaveLength(2)
  server.fail(failure, failure)
  await expect(putObject(page, bucket)).rejects.toMatchObject({
    code: expect.stringMatching(/SlowDown|unreachable|HTTP 500/),
  })
})

it('what nobody answers is unreachable, and how old it is nobody can tell', async () => {
  const nowhere = bucketAt('http://127.0.0.1:1')
  await expect(putObject(page, nowhere)).rejects.toMatchObject({ code: 'unreachable' })
  expect(await lastPut('pay/zh.html', nowhere)).toBeUndefined()
})
