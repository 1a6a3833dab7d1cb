import { afterAll, beforeAll, expect, it } from 'vitest'
import { mail } from '../../../cli/doctor/channels.ts'
import { type SmtpSimulator, startSmtpSimulator } from '../../simulators/smtp.ts'
import { lines, now, patientWith } from './patient.ts'

let smtp: SmtpSimulator
beforeAll(async () => {
  smtp = await startSmtpSimulator({ users: { oncall: 'right' }, now: () => now })
})
afterAll(async () => {
  expect(smtp.received).toEqual([])
  await smtp.close()
})

/** What is found with settings that differ from good ones so. */
async function look(settings: object = {}, variables: Record<string, string> = { MAIL_PASSWORD: 'right' }) {
  const { port, ca } = smtp
  const good = {
    host: '127.0.0.1',
    port,
    user: 'oncall',
    password: '${MAIL_PASSWORD}',
    from: 'a@example.com',
    secure: false,
    ca,
  }
  const patient = patientWith({}, { channelEnv: async () => variables })
  const channel = { name: 'email', type: 'smtp', settings: { ...good, ...settings } }
  const [line = ''] = await lines(mail, { ...patient, config: { ...patient.config, channels: { email: channel } } })
  return line.replaceAll(String(port), 'PORT').replaceAll(String(smtp.securePort), 'TLS')
}

it.each<[reason: string, settings: () => object, line: string]>([
  ['STARTTLS and a login', () => ({}), 'ok email: 127.0.0.1:PORT: login taken; no mail was sent'],
  [
    'TLS from the first byte',
    () => ({ port: smtp.securePort, secure: true }),
    'ok email: 127.0.0.1:TLS: login taken; no mail was sent',
  ],
  ['another password', () => ({ password: 'wrong!' }), 'fault email: 127.0.0.1:PORT refused the login: '],
  [
    'an authority that nobody knows',
    () => ({ ca: undefined }),
    "fault email: 127.0.0.1:PORT: its certificate can't be trusted",
  ],
  ['no TLS where TLS is expected', () => ({ secure: true }), 'fault email: 127.0.0.1:PORT speaks no TLS as asked'],
  ['nobody listens', () => ({ port: 1 }), 'fault email: 127.0.0.1:1 is not reached (ESOCKET)'],
])('%s', async (_reason, settings, line) => {
  expect((await look(settings())).startsWith(line)).toBe(true)
})

it('a password that is not deployed', async () => {
  expect(await look({}, {})).toBe('fault email: MAIL_PASSWORD is not set in the deployed functions')
})

it('a server that says no at once', async () => {
  smtp.fail({ stage: 'connect', kind: 'refuse', code: 421, message: 'too busy' })
  expect(await look()).toMatch(/^fault email: 127\.0\.0\.1:PORT: 421 /)
})
