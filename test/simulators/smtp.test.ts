import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseMail } from './mail.ts'
import { type SmtpEvent, type SmtpSimulator, startSmtpSimulator } from './smtp.ts'

const START = Date.parse('2026-11-21T03:00:00Z')
const MAIL = {
  from: '烽火 <oncall@example.com>',
  to: 'lin@example.com, 王磊 <wang@example.com>',
  subject: '严重 不可用 | 支付 / 收银台 #1024，起于 02:13，已 1 分钟，3 处中 2 处失败',
  text: '起于 02:13\n目标：https://pay.example.com/healthz?a=b=c\n.\n.. 完',
}

let smtp: SmtpSimulator
let told: SmtpEvent[]
beforeEach(async () => {
  told = []
  smtp = await startSmtpSimulator({ users: { oncall: 'pass' }, now: () => START, onEvent: (event) => told.push(event) })
})
afterEach(() => smtp.close())

interface Login {
  url?: string
  pass?: string
  ca?: string | null
}

/** Sends one mail over a connection of its own; rejects as nodemailer does. */
async function send(mail: object = MAIL, { url = smtp.secureUrl, pass = 'pass', ca = smtp.ca }: Login = {}) {
  const { protocol, hostname, port } = new URL(url)
  const transport = createTransport({
    host: hostname,
    port: Number(port),
    secure: protocol === 'smtps:',
    requireTLS: true,
    auth: { user: 'oncall', pass },
    tls: ca === null ? {} : { ca },
  })
  try {
    return await transport.sendMail(mail)
  } finally {
    transport.close()
  }
}

const codeOf = (sent: Promise<unknown>) =>
  sent.then(
    () => undefined,
    (error: { responseCode?: number; code?: string }) => error.responseCode ?? error.code,
  )

describe('a mail', () => {
  it.each(['url', 'secureUrl'] as const)('arrives as it was written, by %s', async (way) => {
    await send(MAIL, { url: smtp[way] })
    expect(smtp.received).toEqual([
      {
        at: START,
        envelope: { from: 'oncall@example.com', to: ['lin@example.com', 'wang@example.com'] },
        user: 'oncall',
        ehlo: '[127.0.0.1]',
        utf8: false,
        from: MAIL.from,
        to: ['lin@example.com', '王磊 <wang@example.com>'],
        subject: MAIL.subject,
        text: MAIL.text,
        headers: expect.objectContaining({ 'mime-version': '1.0' }),
      },
    ])
    expect(told.map(({ type }) => type)).toEqual(['message'])
  })

  it('has its HTML beside its text', async () => {
    await send({ ...MAIL, html: '<p>起于 <b>02:13</b></p>' })
    expect(smtp.received[0]).toMatchObject({ text: MAIL.text, html: '<p>起于 <b>02:13</b></p>' })
  })

  it('is read whatever its encoding', () => {
    const raw = [
      'Subject: =?UTF-8?B?54G954Gr?= and =?utf-8?q?a_b=E7=83?= =?utf-8?q?=BD?=',
      'To: a@example.com,',
      '\tb@example.com',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'soft =',
      'break =E7=83=BD =3D',
    ].join('\r\n')
    expect(parseMail(Buffer.from(raw))).toMatchObject({
      subject: '災火 and a b烽',
      to: ['a@example.com', 'b@example.com'],
      text: 'soft break 烽 =',
    })
  })
})

describe('who may send', () => {
  it('nobody with another password', async () => {
    expect(await codeOf(send(MAIL, { pass: 'guess' }))).toBe(535)
    expect(smtp.received).toEqual([])
  })

  it('nobody without TLS, nor without a login', async () => {
    const plain = { host: '127.0.0.1', port: smtp.port, ignoreTLS: true }
    const withLogin = createTransport({ ...plain, auth: { user: 'oncall', pass: 'pass' } })
    expect(await codeOf(withLogin.sendMail(MAIL))).toBe(538)
    expect(await codeOf(createTransport(plain).sendMail(MAIL))).toBe(530)
    expect(smtp.received).toEqual([])
  })

  it('a client that was not given the test authority trusts no such server', async () => {
    for (const url of [smtp.url, smtp.secureUrl]) {
      await expect(send(MAIL, { url, ca: null })).rejects.toThrow(/unable to verify|self-signed/)
    }
    expect(smtp.received).toEqual([])
  })
})

describe('planned failures', () => {
  it.each([
    ['connect', 421],
    ['auth', 454],
    ['mail-from', 451],
    ['rcpt-to', 550],
    ['data', 452],
    ['data', 554],
  ] as const)('%s refused with %i, once', async (stage, code) => {
    smtp.fail({ stage, kind: 'refuse', code, message: 'not now' })
    expect(await codeOf(send({ ...MAIL, to: 'lin@example.com' }))).toBe(code)
    expect(smtp.received).toEqual([])
    expect(told).toMatchObject([{ type: 'failed', failure: { stage, code } }])
    await send()
    expect(smtp.received).toHaveLength(1)
  })

  it.each([
    'connect',
    'auth',
    'mail-from',
    'rcpt-to',
    'data',
  ] as const)('dropped at %s: nothing is kept', async (stage) => {
    smtp.fail({ stage, kind: 'reset' })
    await expect(send()).rejects.toThrow()
    expect([smtp.received, smtp.failuresLeft]).toEqual([[], 0])
  })

  it('dropped after the data was taken: the mail is kept, its answer lost', async () => {
    smtp.fail({ stage: 'data', kind: 'reset', taken: true })
    await expect(send()).rejects.toThrow()
    expect(smtp.received).toHaveLength(1)
  })

  it('no answer until the simulator closes', async () => {
    smtp.fail({ stage: 'data', kind: 'timeout', taken: true })
    const hanging = expect(send()).rejects.toThrow()
    while (smtp.received.length === 0) await new Promise(setImmediate)
    await smtp.close()
    await hanging
  })
})
