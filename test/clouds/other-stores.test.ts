import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readStored as readAliyun } from '../../shared/clouds/aliyun/read-stored.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { type Stored, withStored } from '../../shared/clouds/stored-secrets.ts'
import { readStored as readTencent } from '../../shared/clouds/tencent/read-stored.ts'
import { startAliyunSecrets } from '../simulators/aliyun-secrets.ts'
import type { Failure } from '../simulators/failures.ts'
import type { VendorServer } from '../simulators/server.ts'
import { startTencentSecrets } from '../simulators/tencent-secrets.ts'

type Secrets = { secrets: Record<string, string>; allowed?: string[]; now(): number }

/** A store beside a function whose role has temporary keys there. */
interface Cloud {
  start(options: Secrets): Promise<VendorServer>
  read: typeof readTencent
  env(url: string): Env
  /** A refusal for good, and what is told of it. */
  denial: string
  denied: string
}

const clouds: Record<string, Cloud> = {
  tencent: {
    start: (options) =>
      startTencentSecrets({ secretId: 'AKID', secretKey: 'key', token: 'role', region: 'ap-guangzhou', ...options }),
    read: readTencent,
    env: (url) => ({
      VANTAGE: 'tencent/ap-guangzhou',
      TENCENTCLOUD_SECRETID: 'AKID',
      TENCENTCLOUD_SECRETKEY: 'key',
      TENCENTCLOUD_SESSIONTOKEN: 'role',
      FENGHUO_TENCENT_URL: url,
    }),
    denial: 'UnauthorizedOperation.AccessKmsError',
    denied: 'you are not authorized to perform operation (ssm:GetSecretValue)',
  },
  aliyun: {
    start: (options) =>
      startAliyunSecrets({ accessKeyId: 'LTAI', accessKeySecret: 'key', securityToken: 'role', ...options }),
    read: readAliyun,
    env: (url) => ({
      VANTAGE: 'aliyun/cn-hangzhou',
      ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'key',
      ALIBABA_CLOUD_SECURITY_TOKEN: 'role',
      FENGHUO_ALIYUN_URL: url,
    }),
    denial: 'Rejected.Disabled',
    denied: 'HTTP 403 Forbidden.NoPermission',
  },
}

const START = Date.UTC(2026, 10, 28, 10)

async function instance(cloud: Cloud, changes: Partial<Secrets> = {}, more: Env = {}) {
  let now = START
  const secrets = { 'fenghuo-prod-GZ_KEY': 'sixty-four', 'fenghuo-prod-AWS_SECRET_ACCESS_KEY': 'half' }
  const options: Secrets = { secrets, now: () => now, ...changes }
  const store = await cloud.start(options)
  onTestFinished(() => store.close())
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'probe.json'), JSON.stringify({ reportKeys: { gz: ['${GZ_KEY}'] } }))
  const env = {
    ...cloud.env(store.url),
    FENGHUO_CONFIG: join(folder, 'probe.json'),
    FENGHUO_SECRETS: 'fenghuo-prod-',
    ...more,
  }
  const logged: Record<string, unknown>[] = []
  const read = (whole: Env, _: unknown, until: { now(): number; deadline: number }): Promise<Stored> =>
    cloud.read(whole, until)
  const handler = withStored(
    (whole) => async () => whole,
    { read, leftMs: () => 60_000 },
    { env, now: () => now, log: (line) => logged.push(line) },
  )
  const wait = (ms: number) => {
    now += ms
  }
  return { store, options, logged, wait, invoke: () => handler({}, {}) as Promise<Env> }
}

describe.each(Object.entries(clouds))('the store of %s', (_, cloud) => {
  it('is read once by an instance, with the key of its role, and again after five minutes', async () => {
    const { store, options, invoke, wait } = await instance(cloud)

    expect(await invoke()).toMatchObject({ GZ_KEY: 'sixty-four' })
    await invoke()
    expect(store.requests).toHaveLength(1)
    options.secrets['fenghuo-prod-GZ_KEY'] = 'another'
    wait(301_000)
    expect(await invoke()).toMatchObject({ GZ_KEY: 'another' })
  })

  it('has the secret half of a sender’s key, too', async () => {
    const { invoke } = await instance(cloud, {}, { AWS_ACCESS_KEY_ID: 'AKIA' })

    expect(await invoke()).toMatchObject({ GZ_KEY: 'sixty-four', AWS_SECRET_ACCESS_KEY: 'half' })
  })

  it('is not asked for what the environment has, nor where nothing is kept there', async () => {
    const { store, invoke } = await instance(cloud, {}, { GZ_KEY: 'here' })
    expect(await invoke()).toMatchObject({ GZ_KEY: 'here' })
    const other = await instance(cloud, {}, { FENGHUO_SECRETS: undefined })
    expect(await other.invoke()).not.toHaveProperty('GZ_KEY')

    expect([...store.requests, ...other.store.requests]).toEqual([])
  })

  it.each<[string, Failure]>([
    ['limits', { kind: 'rate-limit' }],
    ['is in trouble', { kind: 'http', status: 503 }],
    ['cuts the line', { kind: 'reset' }],
    ['speaks nonsense', { kind: 'garbage' }],
  ])('that %s once is asked again', async (_reason, failure) => {
    const { store, logged, invoke } = await instance(cloud)
    store.fail(failure)

    expect(await invoke()).toMatchObject({ GZ_KEY: 'sixty-four' })
    expect(store.requests).toHaveLength(2)
    expect(logged).toEqual([])
  })

  it('without a secret is told by name, and the function works with what there is', async () => {
    const { logged, invoke } = await instance(cloud, { secrets: {} })

    expect(await invoke()).not.toHaveProperty('GZ_KEY')
    expect(logged).toEqual([{ level: 'error', event: 'secrets missing', path: 'fenghuo-prod-', names: ['GZ_KEY'] }])
  })

  it('that the role may not read is told with the vendor’s reason, once', async () => {
    const { store, logged, invoke } = await instance(cloud, { allowed: [] })

    expect(await invoke()).toMatchObject({ FENGHUO_SECRETS_UNREAD: 'GZ_KEY' })
    expect(store.requests).toHaveLength(1)
    expect(logged).toMatchObject([{ event: 'secrets not read', names: ['GZ_KEY'] }])
    expect(String(logged[0]?.reason)).toContain(cloud.denied)
    expect(String(logged[0]?.reason)).toMatch(/^GetSecretValue GZ_KEY: /)
  })

  it('in trouble later leaves an instance with what it knows', async () => {
    const { store, logged, invoke, wait } = await instance(cloud)
    await invoke()
    wait(301_000)
    store.fail({ kind: 'error', code: cloud.denial })

    expect(await invoke()).toMatchObject({ GZ_KEY: 'sixty-four' })
    expect(logged).toMatchObject([{ event: 'secrets not read' }])
    wait(5_000)
    await invoke()
    expect(store.requests).toHaveLength(3)
  })

  it('refuses a wrong signature', async () => {
    const wrong = { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong', TENCENTCLOUD_SECRETKEY: 'wrong' }
    const { logged, invoke } = await instance(cloud, {}, wrong)
    await invoke()

    expect(String(logged[0]?.reason)).toMatch(/Signature/)
  })

  it('can’t be read without a role: the function says so', async () => {
    const none = { ALIBABA_CLOUD_ACCESS_KEY_ID: '', TENCENTCLOUD_SECRETID: '' }
    const { invoke } = await instance(cloud, {}, none)

    await expect(invoke()).rejects.toThrow('the function needs a role')
  })
})
