import { readFileSync } from 'node:fs'
import { Client } from 'tencentcloud-sdk-nodejs/tencentcloud/services/sms/v20210111/sms_client.js'
import { afterEach, describe, expect, it } from 'vitest'
import { manualClock } from './clock.ts'
import type { VendorRequest } from './server.ts'
import { type Tc3Keys, tc3Fault } from './tc3.ts'
import { startTencentSmsSimulator, type TencentSmsOptions, type TencentSmsSimulator } from './tencent-sms.ts'

const START = Date.parse('2026-11-21T03:00:00Z')
const DAY = 86_400_000
const sample = (name: string) => JSON.parse(readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8'))
const request = sample('tencent-sms-send-request')
const PHONE = '+8613711112222'

let sms: TencentSmsSimulator | undefined
afterEach(async () => {
  await sms?.close()
  sms = undefined
})

async function start(options: Partial<TencentSmsOptions> = {}, secretKey = 'secret', region = 'ap-guangzhou') {
  const clock = manualClock(START)
  sms = await startTencentSmsSimulator({
    secretId: 'AKIDTEST',
    secretKey: 'secret',
    app: request.SmsSdkAppId,
    signs: [request.SignName],
    templates: { [request.TemplateId]: 2, none: 0 },
    now: clock.now,
    ...options,
  })
  const client = new Client({
    credential: { secretId: 'AKIDTEST', secretKey },
    region,
    profile: { httpProfile: { endpoint: new URL(sms.url).host, protocol: 'http://' } },
  })
  const send = async (more: object = {}) => client.SendSms({ ...request, ...more })
  const codes = async (more: object = {}) => (await send(more)).SendStatusSet?.map(({ Code }) => Code)
  const refusal = (more: object = {}) =>
    send(more).then(
      () => undefined,
      (error: { code: string }) => error.code,
    )
  return { sms, clock, client, send, codes, refusal }
}

describe('TC3-HMAC-SHA256', () => {
  const { input, expected_published, withActionHeader_selfComputed } = sample('tencent-tc3-vector')
  const keys: Tc3Keys = { secretId: input.secretId, secretKey: input.secretKey, service: input.service }
  const signedBy = (authorization: string, more: Record<string, string> = {}): VendorRequest => ({
    method: 'POST',
    path: '/',
    query: '',
    params: new URLSearchParams(),
    headers: {
      authorization,
      host: input.host,
      'content-type': input.contentType,
      'x-tc-timestamp': String(input.timestamp),
      'x-tc-action': 'DescribeInstances',
      ...more,
    },
    body: Buffer.from(input.payload),
  })
  const now = input.timestamp * 1000
  const { authorization } = expected_published

  it('takes the published vector, and the one that signs the action too', () => {
    expect(tc3Fault(signedBy(authorization), keys, now)).toBeUndefined()
    expect(tc3Fault(signedBy(withActionHeader_selfComputed.authorization), keys, now)).toBeUndefined()
  })

  it.each([
    ['no signature', signedBy(''), now, 'AuthFailure.InvalidAuthorization'],
    ['another secret id', signedBy(authorization.replace('AKID', 'AKIX')), now, 'AuthFailure.SecretIdNotFound'],
    ['another service', signedBy(authorization.replace('/cvm/', '/sms/')), now, 'AuthFailure.InvalidAuthorization'],
    ['another day', signedBy(authorization.replace('02-25', '02-24')), now, 'AuthFailure.SignatureFailure'],
    ['one digit wrong', signedBy(authorization.replace(/8$/, '9')), now, 'AuthFailure.SignatureFailure'],
    ['another host', signedBy(authorization, { host: 'cvm.example.com' }), now, 'AuthFailure.SignatureFailure'],
    ['a changed body', { ...signedBy(authorization), body: Buffer.from('{}') }, now, 'AuthFailure.SignatureFailure'],
    [
      'content-type not signed',
      signedBy(authorization.replace('content-type;', '')),
      now,
      'AuthFailure.InvalidAuthorization',
    ],
    ['host not signed', signedBy(authorization.replace(';host', '')), now, 'AuthFailure.InvalidAuthorization'],
    ['five minutes old', signedBy(authorization), now + 300_000, undefined],
    ['older', signedBy(authorization), now + 300_001, 'AuthFailure.SignatureExpire'],
    ['from the future', signedBy(authorization), now - 300_001, 'AuthFailure.SignatureExpire'],
  ])('%s', (_what, signed, at, code) => {
    expect(tc3Fault(signed, keys, at)?.code).toBe(code)
  })
})

describe('SendSms with the vendor’s SDK', () => {
  it('sends, in the vendor’s shape', async () => {
    const { sms, send } = await start()
    const [expected] = sample('tencent-sms-send-response').Response.SendStatusSet
    const answer = await send()
    expect(answer).toEqual({
      SendStatusSet: [{ ...expected, SerialNo: expect.stringMatching(/^5000:/) }],
      RequestId: expect.any(String),
    })
    expect(sms.received).toEqual([
      {
        at: START,
        phone: PHONE,
        sign: 'ExampleSign',
        template: '1234',
        variables: ['web-cpu', 'CRITICAL'],
        serial: answer.SendStatusSet?.[0]?.SerialNo,
      },
    ])
  })

  it.each([
    ['another secret', {}, 'guess', 'ap-guangzhou', 'AuthFailure.SignatureFailure'],
    [
      'an old signature',
      { wallClock: () => Date.now() + 301_000 },
      'secret',
      'ap-guangzhou',
      'AuthFailure.SignatureExpire',
    ],
    ['no region', {}, 'secret', '', 'MissingParameter'],
    ['an unknown region', {}, 'secret', 'us-east-1', 'UnsupportedOperation.UnsuportedRegion'],
  ])('%s', async (_what, options, secret, region, code) => {
    const { sms, refusal } = await start(options, secret, region)
    expect(await refusal()).toBe(code)
    expect(sms.received).toEqual([])
  })

  it.each([
    ['no number', { PhoneNumberSet: [] }, 'MissingParameter.EmptyPhoneNumberSet'],
    ['no set of numbers', { PhoneNumberSet: undefined }, 'MissingParameter'],
    ['201 numbers', { PhoneNumberSet: Array(201).fill(PHONE) }, 'LimitExceeded.PhoneNumberCountLimit'],
    [
      'numbers of two worlds',
      { PhoneNumberSet: [PHONE, '+6590000003'] },
      'UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber',
    ],
    ['another app', { SmsSdkAppId: '1' }, 'UnauthorizedOperation.SmsSdkAppIdVerifyFail'],
    ['a session of 512 bytes', { SessionContext: 'x'.repeat(512) }, 'InvalidParameterValue'],
    ['a variable that is a number', { TemplateParamSet: [1, 'x'] }, 'InvalidParameter'],
  ])('refuses the request: %s', async (_what, more, code) => {
    const { sms, refusal } = await start()
    expect(await refusal(more)).toBe(code)
    expect(sms.received).toEqual([])
    expect(sms.refused.map((refused) => refused.code)).toEqual([code])
  })

  const URL_CODE = 'InvalidParameterValue.ProhibitedUseUrlInTemplateParameter'
  it.each([
    ['an unknown signature', { SignName: 'Other' }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
    ['no signature', { SignName: undefined }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
    ['no signature abroad', { SignName: undefined, PhoneNumberSet: ['+6590000003'] }, 'Ok'],
    ['an unknown template', { TemplateId: '1' }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
    ['a variable too few', { TemplateParamSet: ['x'] }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
    ['a variable too many', { TemplateParamSet: ['x', 'y', 'z'] }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
    ['no variables for none', { TemplateId: 'none', TemplateParamSet: undefined }, 'Ok'],
    ['a URL', { TemplateParamSet: ['https://x', 'y'] }, URL_CODE],
    ['an address', { TemplateParamSet: ['10.0.0.1', 'y'] }, URL_CODE],
    ['a host name', { TemplateParamSet: ['pay.example.com不可用', 'y'] }, URL_CODE],
    ['a decimal', { TemplateParamSet: ['1.5秒', '03:41'] }, 'Ok'],
    ['a bad number', { PhoneNumberSet: ['+86123'] }, 'InvalidParameterValue.IncorrectPhoneNumber'],
    ['eleven digits', { PhoneNumberSet: ['13711112222'] }, 'Ok'],
    ['0086', { PhoneNumberSet: ['008613711112222'] }, 'Ok'],
    ['13 characters, an enterprise', { TemplateParamSet: ['一二三四五六七八九十一二三', 'y'] }, 'Ok'],
  ])('answers for the number: %s', async (_what, more, code) => {
    const { sms, codes } = await start()
    expect(await codes(more)).toEqual([code])
    expect(sms.received).toHaveLength(code === 'Ok' ? 1 : 0)
  })

  it('an individual’s variables have twelve characters at most', async () => {
    const { codes } = await start({ individual: true })
    expect(await codes({ TemplateParamSet: ['一二三四五六七八九十一二', 'y'] })).toEqual(['Ok'])
    expect(await codes({ TemplateParamSet: ['一二三四五六七八九十一二三', 'y'] })).toEqual([
      'InvalidParameterValue.TemplateParameterLengthLimit',
    ])
  })

  it('judges each number by itself', async () => {
    const { sms, send, codes } = await start()
    await codes()
    const answer = await send({ PhoneNumberSet: ['+8613711112223', PHONE, '+86'] })
    expect(answer.SendStatusSet?.map(({ PhoneNumber, Code, Fee }) => [PhoneNumber, Code, Fee])).toEqual([
      ['+8613711112223', 'Ok', 1],
      [PHONE, 'LimitExceeded.PhoneNumberThirtySecondLimit', 0],
      ['+86', 'InvalidParameterValue.IncorrectPhoneNumber', 0],
    ])
    expect(sms.received.map(({ phone }) => phone)).toEqual([PHONE, '+8613711112223'])
  })
})

describe('how often one number may be texted', () => {
  it('the same content once in 30 s, another at once', async () => {
    const { clock, codes } = await start()
    expect(await codes()).toEqual(['Ok'])
    clock.advance(29_999)
    expect(await codes()).toEqual(['LimitExceeded.PhoneNumberThirtySecondLimit'])
    expect(await codes({ TemplateParamSet: ['web-cpu', 'OK'] })).toEqual(['Ok'])
    clock.advance(1)
    expect(await codes()).toEqual(['Ok'])
  })

  it('ten a day of Beijing', async () => {
    const { clock, codes } = await start()
    for (let n = 0; n < 10; n++) expect(await codes({ TemplateParamSet: [`${n}`, ''] })).toEqual(['Ok'])
    clock.advance(DAY - (START % DAY) - 8 * 3_600_000 - 1)
    expect(await codes()).toEqual(['LimitExceeded.PhoneNumberDailyLimit'])
    clock.advance(1)
    expect(await codes()).toEqual(['Ok'])
  })

  it('the 30 s go on over midnight', async () => {
    const { clock, codes } = await start()
    clock.advance(DAY - (START % DAY) - 8 * 3_600_000 - 1)
    expect(await codes()).toEqual(['Ok'])
    clock.advance(2)
    expect(await codes()).toEqual(['LimitExceeded.PhoneNumberThirtySecondLimit'])
  })
})

it('fails as planned, in its own words', async () => {
  const { sms, refusal } = await start()
  sms.fail(
    { kind: 'rate-limit' },
    { kind: 'error', code: 'InternalError.OtherError' },
    { kind: 'reset' },
    { kind: 'reset', taken: true },
  )
  expect(await refusal()).toBe('RequestLimitExceeded')
  expect(await refusal()).toBe('InternalError.OtherError')
  await refusal()
  expect(sms.received).toEqual([])
  await refusal()
  expect(sms.received).toHaveLength(1)
})
