import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { closesAfterEach, kafka, read, sendsWhatIsRefused, start } from './shop.ts'

const saying = (words: RegExp) => ({ args: { said: expect.stringMatching(words) } })

closesAfterEach()

describe('SASL', () => {
  const user = { username: 'probe', password: 'pa,ss=word' }

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)('%s lets us in', async (mechanism) => {
    await start({ sasl: { [mechanism]: user } })
    const [orders] = await read('orders', [], { sasl: { mechanism, ...user } })
    expect(orders?.topics).toHaveLength(2)
  })

  it.each([
    'plain',
    'scram-sha-256',
    'scram-sha-512',
  ] as const)('%s with a wrong password is unknown', async (mechanism) => {
    await start({ sasl: { [mechanism]: user } })
    await expect(
      read('orders', [], { sasl: { mechanism, username: 'probe', password: 'wrong' } }),
    ).rejects.toMatchObject({
      outcome: 'unknown',
      fault: saying(/^SASL .+ authentication failed: .*(Invalid|credentials)/),
    })
  })

  it('by a mechanism that the broker does not take is unknown', async () => {
    await start({ sasl: { plain: user } })
    await expect(read('orders', [], { sasl: { mechanism: 'scram-sha-512', ...user } })).rejects.toMatchObject({
      outcome: 'unknown',
      fault: { args: { source: 'kafka' } },
    })
  })

  it('that is missing is unknown', async () => {
    sendsWhatIsRefused()
    await start({ sasl: { plain: user } })
    await expect(read()).rejects.toMatchObject({ outcome: 'unknown', fault: { args: { source: 'kafka' } } })
  })

  const iam = {
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
    sessionToken: 'to/k+en==',
    region: 'ap-southeast-1',
    now: Date.now,
  }
  const env = {
    AWS_ACCESS_KEY_ID: iam.accessKeyId,
    AWS_SECRET_ACCESS_KEY: iam.secretAccessKey,
    AWS_SESSION_TOKEN: iam.sessionToken,
  }
  const asRole = { sasl: { mechanism: 'aws-iam', region: 'ap-southeast-1' } } as const

  it('MSK takes the role of the function', async () => {
    await start({ sasl: { iam } })
    const [orders] = await read('orders', [], asRole, env)
    expect(orders?.topics).toHaveLength(2)
  })

  it('MSK refuses another key', async () => {
    await start({ sasl: { iam } })
    await expect(read('orders', [], asRole, { ...env, AWS_SECRET_ACCESS_KEY: 'another' })).rejects.toMatchObject({
      outcome: 'unknown',
      fault: saying(/Access denied: signature/),
    })
  })

  it('MSK without a role names what is missing', async () => {
    sendsWhatIsRefused()
    await start({ sasl: { iam } })
    await expect(read('orders', [], asRole, {})).rejects.toMatchObject({
      fault: fact('kafka-said', { source: 'kafka', said: 'AWS_ACCESS_KEY_ID is not set' }),
    })
  })
})

describe('TLS', () => {
  const pem = (name: string) => readFileSync(new URL(`../../samples/tls-targets/${name}.pem`, import.meta.url), 'utf8')
  const server = { key: pem('target.key'), cert: pem('good') }

  it('is trusted by the given authority', async () => {
    await start({ tls: server })
    const brokers = kafka.addresses
    const [orders] = await read('orders', [], { tls: true, ca: pem('ca'), brokers })
    expect(orders?.topics).toHaveLength(2)
  })

  it('that nobody vouches for is unknown', async () => {
    await start({ tls: server })
    await expect(read('orders', [], { tls: true })).rejects.toMatchObject({
      outcome: 'unknown',
      fault: { code: 'kafka-unreached', args: { fault: saying(/certificate/) } },
    })
  })
})
