import { beforeEach, describe, expect, it } from 'vitest'
import { canonical, isCertificateUrl, isOfSns, isSigned } from '../../shared/ingest/sns/signature.ts'
import { KEY, now, request, sample, sampleText, WayIn } from './requests.ts'
import { certificate, signedMessage, topic } from './sns-messages.ts'

const vector = JSON.parse(sampleText('sns-http.selfcomputed.json'))

describe('a signature of SNS', () => {
  it('is over these fields in this order', () => {
    expect(canonical(vector.messages.notificationV1)).toBe(vector.canonical.notification)
    expect(canonical(vector.messages.subscriptionConfirmationV1)).toBe(vector.canonical.subscriptionConfirmation)
  })

  it.each(
    Object.entries<Record<string, unknown>>(vector.messages),
  )('of %s holds, and of a changed one does not', (_, message) => {
    expect(isSigned(message, vector.certificatePem, now)).toBe(true)
    for (const field of ['Message', 'MessageId', 'Timestamp', 'TopicArn'])
      expect(isSigned({ ...message, [field]: `${message[field]}x` }, vector.certificatePem, now), field).toBe(false)
    expect(isSigned({ ...message, SignatureVersion: '3' }, vector.certificatePem, now)).toBe(false)
    expect(isSigned(message, 'no certificate', now)).toBe(false)
    expect(isSigned(message, vector.certificatePem, Date.parse('2040-01-01'))).toBe(false)
  })

  const pem = 'SimpleNotificationService-0123456789abcdef.pem'
  it.each([
    [`https://sns.ap-southeast-1.amazonaws.com/${pem}`, true],
    [`https://sns.us-east-1.amazonaws.com/${pem}`, false],
    [`http://sns.ap-southeast-1.amazonaws.com/${pem}`, false],
    [`https://sns.ap-southeast-1.amazonaws.com.evil.example/${pem}`, false],
    [`https://evil.example/sns.ap-southeast-1.amazonaws.com/${pem}`, false],
    [`https://sns.ap-southeast-1.amazonaws.com:8443/${pem}`, false],
    [`https://a:b@sns.ap-southeast-1.amazonaws.com/${pem}`, false],
    ['https://sns.ap-southeast-1.amazonaws.com/evil.pem', false],
    [`https://sns.ap-southeast-1.amazonaws.com/x/../evil/${pem}`, false],
    ['no address', false],
  ])('is looked up at %s: %s', (url, isFine) => {
    expect(isCertificateUrl(url, topic)).toBe(isFine)
  })

  it('in China is at an address of China', () => {
    expect(isOfSns('https://sns.cn-north-1.amazonaws.com.cn/x', 'arn:aws-cn:sns:cn-north-1:1:a')).toBe(true)
  })
})

describe('a message of SNS', () => {
  let way: WayIn
  beforeEach(() => {
    way = new WayIn()
    way.now = Date.parse('2027-01-01T00:00:00Z')
    way.certificate = certificate
    way.options.sns = { topics: [topic] }
  })

  const signed = (fields: Record<string, unknown> = {}, type?: string) => signedMessage(fields, way.now, type)
  const send = (body: unknown) =>
    way.take(request(`/sns/${KEY}`, body, { headers: { 'content-type': 'text/plain; charset=UTF-8' } }))

  it('that carries an alarm begins it, and ends it', async () => {
    const alarm = JSON.parse(vector.messages.notificationV1.Message)
    expect(await send(signed())).toMatchObject({ status: 200, body: { alerts: 1 } })
    await send(signed({ Message: JSON.stringify({ ...alarm, NewStateValue: 'OK' }) }))
    await send(signed({ Message: JSON.stringify({ ...alarm, NewStateValue: 'INSUFFICIENT_DATA' }) }))
    expect(way.alerts).toMatchObject([
      {
        action: 'trigger',
        dedupKey: alarm.AlarmArn,
        severity: 'critical',
        source: expect.stringMatching(/^AWS .*, InstanceId=i-/),
      },
      { action: 'resolve', dedupKey: alarm.AlarmArn },
      { action: 'trigger', severity: 'info', once: true },
    ])
  })

  it('that carries an alarm or an event becomes what the configuration says of its state', async () => {
    const alarm = JSON.parse(vector.messages.notificationV1.Message)
    const event = {
      ...(sample('ec2-instance-state-change') as object),
      detail: { 'instance-id': 'i-1', state: 'stopped' },
    }
    way.options.sns = {
      topics: [topic],
      outcomes: { alarm: { INSUFFICIENT_DATA: 'error' }, ec2: { stopped: 'critical' } },
    }
    for (const message of [{ ...alarm, NewStateValue: 'INSUFFICIENT_DATA' }, event])
      await send(signed({ Message: JSON.stringify(message) }))
    expect(way.alerts).toMatchObject([
      { action: 'trigger', severity: 'error', dedupKey: alarm.AlarmArn },
      { action: 'trigger', severity: 'critical', fact: { args: { thing: 'ec2', id: 'i-1', state: 'stopped' } } },
    ])
  })

  it('that carries a text is told as it is', async () => {
    await send(signed({ Message: 'disk full\nsee the log', Subject: undefined }))
    expect(way.alerts).toMatchObject([
      { summary: 'disk full', source: 'oncall', details: { message: 'disk full\nsee the log' } },
    ])
  })

  it('that asks for a confirmation gets it, for a topic that is allowed', async () => {
    const { SubscribeURL, Token } = vector.messages.subscriptionConfirmationV1
    const reply = await send(signed({ SubscribeURL, Token }, 'SubscriptionConfirmation'))
    expect(reply).toEqual({ status: 200, body: { status: 'success', confirmed: topic } })
    expect(way.fetched).toEqual([vector.messages.notificationV2.SigningCertURL, SubscribeURL])
    expect(way.alerts).toEqual([])
  })

  it.each<[string, () => unknown]>([
    ['of another topic', () => signed({ TopicArn: `${topic}-2` })],
    ['of yesterday', () => signed({ Timestamp: new Date(way.now - 86_400_000).toISOString() })],
    ['changed on its way', () => ({ ...signed(), Message: 'x' })],
    ['with a certificate of somebody else', () => signed({ SigningCertURL: 'https://evil.example/x.pem' })],
    [
      'that asks for a confirmation elsewhere',
      () => signed({ SubscribeURL: 'https://evil.example/', Token: 'x' }, 'SubscriptionConfirmation'),
    ],
  ])('%s is refused', async (_, message) => {
    expect((await send(message())).status).toBe(403)
    expect([way.alerts, way.fetched.filter((url) => url.includes('evil'))]).toEqual([[], []])
  })

  it('waits for a certificate that can’t be read now', async () => {
    way.io.fetchText = async () => {
      throw new Error('sns.ap-southeast-1.amazonaws.com answered 503')
    }
    expect((await send(signed())).status).toBe(503)
  })
})
