import { beforeEach, describe, expect, it } from 'vitest'
import { takeCloudEvent } from '../../shared/engine/ingest/take-cloud-event.ts'
import { KEY, request, sample, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

type Sent = { action: string; severity: string; dedupKey: string; summary: string; details?: { text?: string } }
const sent = () => way.alerts as Sent[]
const received = sample('sns-email-received') as {
  mail: { commonHeaders: object }
  receipt: { action: object }
}

/** A mail to `pay+key@…` as SES tells of it. */
function mail(subject: string, changes: { receipt?: object; content?: string; to?: string[] } = {}) {
  const {
    receipt,
    content = 'From: a@example.com\r\n\r\ncheckout fails\r\n',
    to = [`pay+${KEY}@in.example.com`],
  } = changes
  return {
    ...received,
    mail: { ...received.mail, commonHeaders: { ...received.mail.commonHeaders, subject } },
    receipt: { ...received.receipt, recipients: to, ...receipt },
    content,
  }
}
/** As the topic's message brings it to the queue. */
const take = (body: object) => takeCloudEvent({ Type: 'Notification', Message: JSON.stringify(body) }, way.io)

describe('a mail', () => {
  it.each<[string, Partial<Sent>]>([
    [
      '[CRITICAL] 结算失败',
      { action: 'trigger', severity: 'critical', dedupKey: 'mail/结算失败', summary: '结算失败' },
    ],
    ['[WARN] disk (97)', { severity: 'warning', dedupKey: 'mail/disk', summary: 'disk (97)' }],
    ['Re: RE: disk #42', { action: 'trigger', severity: 'critical', dedupKey: 'mail/disk' }],
    ['[eu-1] disk', { dedupKey: 'mail/[eu-1] disk', summary: '[eu-1] disk' }],
    ['RESOLVED: disk (3)', { action: 'resolve', dedupKey: 'mail/disk' }],
    ['[RESOLVED] [WARN] disk', { action: 'resolve', dedupKey: 'mail/disk' }],
    ['已恢复：结算失败', { action: 'resolve', dedupKey: 'mail/结算失败' }],
    ['OK disk', { action: 'resolve', dedupKey: 'mail/disk' }],
    ['Okinawa is down', { action: 'trigger', dedupKey: 'mail/okinawa is down' }],
    ['恢复失败：数据库', { action: 'trigger', dedupKey: 'mail/恢复失败：数据库' }],
    ['', { action: 'trigger', dedupKey: 'made-1', summary: 'checkout fails' }],
  ])('about "%s"', async (subject, expected) => {
    await take(mail(subject))
    expect(sent()).toMatchObject([{ project: 'pay', ...expected }])
  })

  it.each([
    [
      'in GBK and base64',
      'Content-Type: text/plain; charset=gbk\r\nContent-Transfer-Encoding: base64\r\n\r\nveHL48qnsNw=\r\n',
      '结算失败',
    ],
    [
      'of several parts, cut off',
      'Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nfirst\r\n--x\r\nContent-Type: image/png\r\n\r\nAAAA',
      'first',
    ],
    [
      'of HTML alone',
      'Content-Type: text/html\r\n\r\n<style>a{}</style><p>disk &amp; memory</p>full<script>alert(1)',
      'disk & memory\nfull',
    ],
  ])('%s is read', async (_, content, text) => {
    await take(mail('disk', { content }))
    expect(sent()[0]?.details?.text).toBe(text)
  })

  it('in a bucket is read there, and pages by its subject when it can’t be', async () => {
    const action = { type: 'S3', bucketName: 'mails', objectKey: 'in/1' }
    const { content: _, ...body } = mail('disk', { receipt: { action } })
    await take(body)
    expect(way.logged).toContainEqual({ level: 'warn', event: 'mail not read', error: 'Error: S3 answered 404' })
    way.objects['mails/in/1'] = 'Subject: disk\r\n\r\n97 % full'
    await take(body)
    expect(sent().map(({ summary, details }) => [summary, details?.text])).toEqual([
      ['disk', undefined],
      ['disk', '97 % full'],
    ])
  })

  it('that SES has something against is told once, and ends nothing', async () => {
    await take(
      mail('RESOLVED: disk', { receipt: { spamVerdict: { status: 'FAIL' }, dmarcVerdict: { status: 'FAIL' } } }),
    )
    expect(sent()).toMatchObject([
      { action: 'trigger', once: true, severity: 'info', summary: 'SES: spam, dmarc: disk' },
    ])
  })

  it('goes to each project whose key is among its recipients, and shows no key', async () => {
    const to = [`a+${KEY}@in.example.com`, 'b+fedcba9876543210fedcba9876543210@in.example.com', 'c@in.example.com']
    await take(mail('disk', { to }))
    expect(way.alerts).toMatchObject([{ project: 'pay' }, { project: 'shop' }])
    expect(JSON.stringify([way.alerts, way.logged])).not.toContain(KEY)
  })

  it('without a key is nobody’s', async () => {
    await take(mail('disk', { to: ['pay+guess@in.example.com'] }))
    expect(way.alerts).toEqual([])
    expect(way.logged).toEqual([{ level: 'warn', event: 'mail without a key that is known' }])
  })

  it('waits on its queue while the events queue can’t be reached, or its key has too much', async () => {
    way.queueFails = true
    await expect(take(mail('disk'))).rejects.toThrow('SQS not reached')
    way.queueFails = false
    way.io.waitOf = () => 5
    await expect(take(mail('disk'))).rejects.toThrow('pay has more mail than its rate')
  })

  it('comes by HTTPS too, as a topic with raw delivery posts it', async () => {
    expect((await way.take(request(`/email/${KEY}`, mail('[ERROR] disk')))).status).toBe(200)
    expect(sent()).toMatchObject([{ severity: 'error', details: { text: 'checkout fails' } }])
  })
})
