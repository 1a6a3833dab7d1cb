import { expect, it } from 'vitest'
import { mskToken } from '../../../shared/clouds/aws/msk-token.ts'

const now = Date.UTC(2026, 10, 21, 2, 13)
const decoded = (token: string) => new URL(Buffer.from(token, 'base64url').toString())

it('is a request to connect, signed for a quarter of an hour as the AWS SDK signs it', () => {
  const credentials = { accessKeyId: 'AKID', secretAccessKey: 'se/cr+et', sessionToken: 'to/k+en==' }
  const token = mskToken('ap-southeast-1', credentials, now)
  expect(token).toMatch(/^[A-Za-z0-9_-]+$/)
  const { origin, pathname, searchParams } = decoded(token)
  expect(origin + pathname).toBe('https://kafka.ap-southeast-1.amazonaws.com/')
  expect(Object.fromEntries(searchParams)).toEqual({
    Action: 'kafka-cluster:Connect',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKID/20261121/ap-southeast-1/kafka-cluster/aws4_request',
    'X-Amz-Date': '20261121T021300Z',
    'X-Amz-Expires': '900',
    'X-Amz-Security-Token': 'to/k+en==',
    'X-Amz-SignedHeaders': 'host',
    // Computed by @smithy/signature-v4's presign of the same request.
    'X-Amz-Signature': '5d7367ee2e74c983539ce774e52823e843d2511f4138aed0dba0d0c8e70833eb',
    'User-Agent': 'fenghuo',
  })
})

it('has no security token for a key that has none', () => {
  const { searchParams } = decoded(mskToken('us-east-1', { accessKeyId: 'AKID', secretAccessKey: 's' }, now))
  expect(searchParams.has('X-Amz-Security-Token')).toBe(false)
})
