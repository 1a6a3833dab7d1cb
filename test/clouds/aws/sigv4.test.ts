import { describe, expect, it } from 'vitest'
import { credentialsOf, signed } from '../../../shared/clouds/aws/sigv4.ts'

/** AWS Signature Version 4 Test Suite: its credentials, scope and time, and the signatures it gives. */
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const scope = { region: 'us-east-1', service: 'service' }
const now = Date.UTC(2015, 7, 30, 12, 36, 0)
const url = new URL('https://example.amazonaws.com/')

function signatureOf(request: { method: string; headers: Record<string, string>; body: string }): string {
  return signed({ ...request, url }, scope, credentials, now).authorization ?? ''
}

describe('the test suite of AWS', () => {
  const head = 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, '
  const cases: [string, Parameters<typeof signatureOf>[0], string][] = [
    [
      'get-vanilla',
      { method: 'GET', headers: {}, body: '' },
      'SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    ],
    [
      'post-vanilla',
      { method: 'POST', headers: {}, body: '' },
      'SignedHeaders=host;x-amz-date, Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    ],
    [
      'post-header-key-sort',
      { method: 'POST', headers: { 'my-header1': 'value1' }, body: '' },
      'SignedHeaders=host;my-header1;x-amz-date, Signature=c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c',
    ],
    [
      'post-x-www-form-urlencoded',
      { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Param1=value1' },
      'SignedHeaders=content-type;host;x-amz-date, Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    ],
  ]
  it.each(cases)('%s', (_name, request, signature) => {
    expect(signatureOf(request)).toBe(head + signature)
  })
})

it('signs with a key of each service', () => {
  // IAM User Guide, "Create a signed AWS API request": its example.
  const listUsers = {
    method: 'GET',
    url: new URL('https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08'),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: '',
  }
  const { authorization } = signed(listUsers, { region: 'us-east-1', service: 'iam' }, credentials, now)
  expect(authorization).toMatch(/Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7$/)
})

it('signs the session token too', () => {
  const headers = signed(
    { method: 'POST', url, headers: {}, body: '' },
    scope,
    { ...credentials, sessionToken: 'TOKEN' },
    now,
  )
  expect(headers).toEqual({
    'x-amz-date': '20150830T123600Z',
    'x-amz-security-token': 'TOKEN',
    authorization: expect.stringContaining('SignedHeaders=host;x-amz-date;x-amz-security-token,'),
  })
})

describe('credentials', () => {
  it("are Lambda's, a session token among them", () => {
    const env = { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S', AWS_SESSION_TOKEN: 'T' }
    expect(credentialsOf(env)).toEqual({ accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T' })
    expect(credentialsOf({ ...env, AWS_SESSION_TOKEN: '' })).toEqual({ accessKeyId: 'A', secretAccessKey: 'S' })
  })

  it('are named when they are missing', () => {
    expect(() => credentialsOf({ AWS_SECRET_ACCESS_KEY: 'S' })).toThrow('AWS_ACCESS_KEY_ID is not set')
    expect(() => credentialsOf({ AWS_ACCESS_KEY_ID: 'A' })).toThrow('AWS_SECRET_ACCESS_KEY is not set')
  })
})
