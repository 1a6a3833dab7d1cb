import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { withDoubtedSecret } from '../../../shared/clouds/aws/doubted-secret.ts'
import { required } from '../../../shared/clouds/aws/env.ts'
import type { Env, Handler } from '../../../shared/clouds/aws/lambda.ts'
import { readParameters } from '../../../shared/clouds/aws/secret-stores.ts'
import { credentialsOf } from '../../../shared/clouds/aws/sigv4.ts'
import { withStoredSecrets } from '../../../shared/clouds/aws/stored-secrets.ts'
import { type SecretStoresOptions, startSecretStores } from '../../simulators/secret-stores.ts'

const SECRET = '/fenghuo/prod/secret'
const ARN = `arn:aws:ssm:ap-southeast-1:123456789012:parameter${SECRET}`
const OTHER = 'arn:aws:secretsmanager:ap-southeast-1:123456789012:secret:Secret-AbCdEf'
const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', region: 'ap-southeast-1' }

/** An instance of a function whose configuration refers to these names, and the stores that it reads. */
async function instance(
  names: string[],
  { needs = [], ...changes }: Partial<SecretStoresOptions> & { needs?: string[] } = {},
) {
  let now = Date.UTC(2026, 10, 28, 10)
  const options: SecretStoresOptions = {
    ...keys,
    parameters: {
      ...Object.fromEntries(names.map((name) => [`/fenghuo/prod/${name}`, `value of ${name}`])),
      [SECRET]: 'sixty-four',
    },
    secrets: { [OTHER]: 'of my own' },
    now: () => now,
    ...changes,
  }
  const stores = await startSecretStores(options)
  onTestFinished(() => stores.close())
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'page.json'), JSON.stringify({ channels: names.map((name) => `\${${name}}`) }))
  const env: Env = {
    FENGHUO_CONFIG: join(folder, 'page.json'),
    FENGHUO_SECRETS: '/fenghuo/prod',
    FENGHUO_SECRET_ARN: ARN,
    AWS_REGION: keys.region,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_ENDPOINT_URL_SSM: stores.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: stores.url,
  }
  const built: Env[] = []
  const logged: Record<string, unknown>[] = []
  const wire = (whole: Env): Handler => {
    for (const name of needs) required(whole, name)
    built.push(whole)
    return async () => whole
  }
  const handler = withStoredSecrets(wire, { env, now: () => now, log: (line) => logged.push(line) })
  const invoke = () => handler({}, { awsRequestId: '1', getRemainingTimeInMillis: () => 20_000 }) as Promise<Env>
  const wait = (ms: number) => {
    now += ms
  }
  return { options, stores, env, built, logged, invoke, wait, now: () => now, access: () => access(env, () => now) }
}

const access = (env: Env, now: () => number) => ({ env, credentials: credentialsOf(env), now, deadline: now() + 4_000 })

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `NAME_${index}`)

describe('what stores keep of an environment', () => {
  it('is read once by an instance, ten names a call, and given to the function as if it stood there', async () => {
    const { stores, built, invoke } = await instance(numbered(23))
    const env = await invoke()
    await invoke()
    expect(env).toMatchObject({ FENGHUO_SECRET: 'sixty-four', NAME_0: 'value of NAME_0', NAME_22: 'value of NAME_22' })
    expect(env.FENGHUO_SECRETS_UNREAD).toBeUndefined()
    expect(stores.requests).toHaveLength(4)
    expect(built).toHaveLength(1)
  })

  it('that the environment has, too, is not asked for', async () => {
    const { stores, env, invoke } = await instance(['WECOM_KEY', 'SMTP_PASSWORD'])
    env.WECOM_KEY = 'mine'
    expect(await invoke()).toMatchObject({ WECOM_KEY: 'mine', SMTP_PASSWORD: 'value of SMTP_PASSWORD' })
    expect(stores.requests.some(({ body }) => body.includes('WECOM_KEY'))).toBe(false)
  })

  it('is not asked for where the environment names no store', async () => {
    const { stores, env, invoke } = await instance(['WECOM_KEY'])
    delete env.FENGHUO_SECRETS
    delete env.FENGHUO_SECRET_ARN
    expect((await invoke()).WECOM_KEY).toBeUndefined()
    expect(stores.requests).toHaveLength(0)
  })

  it('and no store has is named, and the rest is there', async () => {
    const { options, logged, invoke } = await instance(['WECOM_KEY', 'SMTP_PASSWORD'])
    delete options.parameters['/fenghuo/prod/WECOM_KEY']
    const { WECOM_KEY, SMTP_PASSWORD } = await invoke()
    expect([WECOM_KEY, SMTP_PASSWORD]).toEqual([undefined, 'value of SMTP_PASSWORD'])
    expect(logged).toEqual([{ level: 'error', event: 'secrets missing', path: '/fenghuo/prod', names: ['WECOM_KEY'] }])
  })
})

describe('a change in a store', () => {
  it('is known after five minutes, and builds the function anew; no change does not', async () => {
    const { options, built, invoke, wait } = await instance(['WECOM_KEY'])
    await invoke()
    options.parameters['/fenghuo/prod/WECOM_KEY'] = 'rotated'
    wait(299_000)
    expect((await invoke()).WECOM_KEY).toBe('value of WECOM_KEY')
    wait(2_000)
    expect((await invoke()).WECOM_KEY).toBe('rotated')
    wait(301_000)
    await invoke()
    expect(built).toHaveLength(2)
  })

  it('of the secret itself is known after an hour, and not asked for before', async () => {
    const { stores, options, built, invoke, wait } = await instance([])
    await invoke()
    options.parameters[SECRET] = 'another'
    for (let minute = 0; minute < 59; minute++) {
      wait(60_000)
      expect((await invoke()).FENGHUO_SECRET).toBe('sixty-four')
    }
    expect([stores.requests.length, built.length]).toEqual([1, 1])
    wait(360_000)
    expect((await invoke()).FENGHUO_SECRET).toBe('another')
    expect([stores.requests.length, built.length]).toEqual([2, 2])
  })

  it('of the secret itself that can’t be read leaves an instance with the one that it has', async () => {
    const { options, invoke, wait } = await instance([])
    await invoke()
    options.allowed = []
    for (const ms of [3_700_000, 5_000, 5_000]) {
      wait(ms)
      expect((await invoke()).FENGHUO_SECRET).toBe('sixty-four')
    }
    options.parameters[SECRET] = 'another'
    delete options.allowed
    wait(5_000)
    expect((await invoke()).FENGHUO_SECRET).toBe('another')
  })
})

describe('a secret that something does not fit', () => {
  /** A function that lets in who shows the secret, as one with an address does, and how often its store was asked. */
  async function gate() {
    const { stores, options, env, wait, now } = await instance([])
    const wire =
      (whole: Env): Handler =>
      async (shown) => ({ statusCode: shown === whole.FENGHUO_SECRET ? 200 : 403 })
    const handler = withDoubtedSecret(wire, { env, now, log: () => {} })
    const show = async (shown: string) =>
      (await handler(shown, { awsRequestId: '1', getRemainingTimeInMillis: () => 20_000 })) as { statusCode: number }
    return { stores, options, wait, show }
  }

  it('is asked for anew, and who fits the newer one is let in at once', async () => {
    const { options, show } = await gate()
    expect(await show('sixty-four')).toEqual({ statusCode: 200 })
    options.parameters[SECRET] = 'another'
    expect(await show('sixty-four')).toEqual({ statusCode: 200 })
    expect(await show('another')).toEqual({ statusCode: 200 })
    expect(await show('sixty-four')).toEqual({ statusCode: 403 })
  })

  it('is asked for once a minute, whatever a liar shows, and nothing is let in that fits none', async () => {
    const { stores, wait, show } = await gate()
    await show('sixty-four')
    const began = stores.requests.length
    for (let second = 0; second < 600; second++) {
      expect(await Promise.all(['guessed', `guessed ${second}`].map(show))).toEqual([
        { statusCode: 403 },
        { statusCode: 403 },
      ])
      wait(1_000)
    }
    expect(stores.requests.length - began).toBe(10)
  })

  it('and whose store does not answer stays as it is, and is asked for when it would have been', async () => {
    const { stores, options, wait, show } = await gate()
    await show('sixty-four')
    options.allowed = []
    const began = stores.requests.length
    expect(await show('guessed')).toEqual({ statusCode: 403 })
    expect(stores.requests.length).toBeGreaterThan(began)
    const asked = stores.requests.length
    wait(50_000)
    expect(await show('sixty-four')).toEqual({ statusCode: 200 })
    expect(stores.requests).toHaveLength(asked)
  })
})

describe('a store that does not answer', () => {
  it.each([
    ['is busy', { kind: 'rate-limit' } as const],
    ['fails', { kind: 'error', code: 'InternalServerError' } as const],
    ['hangs up', { kind: 'reset' } as const],
    ['has somebody else answer', { kind: 'garbage' } as const],
  ])('once, because it %s, is asked again', async (_reason, failure) => {
    const { stores, logged, invoke } = await instance(['WECOM_KEY'])
    stores.fail({ ...failure, operation: 'AmazonSSM.GetParameters' })
    expect((await invoke()).WECOM_KEY).toBe('value of WECOM_KEY')
    expect(logged).toEqual([])
    expect(stores.failuresLeft).toBe(0)
  })

  it('and gives no hope leaves a new instance with what there is, phones ring, and the next invocation asks again', async () => {
    const { options, logged, invoke, wait } = await instance(['WECOM_KEY'], { allowed: [SECRET] })
    expect(await invoke()).toMatchObject({ FENGHUO_SECRET: 'sixty-four', FENGHUO_SECRETS_UNREAD: 'WECOM_KEY' })
    expect(logged).toMatchObject([{ event: 'secrets not read', names: ['WECOM_KEY'] }])
    expect(String(logged[0]?.reason)).toContain('GetParameters: HTTP 400 AccessDeniedException')
    delete options.allowed
    wait(5_000)
    const whole = await invoke()
    expect([whole.WECOM_KEY, whole.FENGHUO_SECRETS_UNREAD]).toEqual(['value of WECOM_KEY', undefined])
  })

  it('later leaves an instance with what it knows', async () => {
    const { options, built, invoke, wait } = await instance(['WECOM_KEY'])
    await invoke()
    wait(301_000)
    options.allowed = [SECRET]
    expect((await invoke()).WECOM_KEY).toBe('value of WECOM_KEY')
    options.allowed = ['/fenghuo/prod/WECOM_KEY']
    wait(5_000)
    expect((await invoke()).FENGHUO_SECRET).toBe('sixty-four')
    expect(built).toHaveLength(1)
  })

  it('for the secret itself fails a new instance that needs it, whose message comes again', async () => {
    const { options, logged, invoke } = await instance(['WECOM_KEY'], { allowed: [], needs: ['FENGHUO_SECRET'] })
    await expect(invoke()).rejects.toThrow('FENGHUO_SECRET')
    expect(logged).toMatchObject([{ event: 'secrets not read', names: ['FENGHUO_SECRET', 'WECOM_KEY'] }])
    delete options.allowed
    expect((await invoke()).FENGHUO_SECRET).toBe('sixty-four')
  })

  it('for the secret alone leaves one that takes pressed keys at work, and is asked again after five seconds', async () => {
    const { options, invoke, wait } = await instance(['WECOM_KEY'], { allowed: ['/fenghuo/prod/WECOM_KEY'] })
    const { FENGHUO_SECRET, WECOM_KEY } = await invoke()
    expect([FENGHUO_SECRET, WECOM_KEY]).toEqual([undefined, 'value of WECOM_KEY'])
    delete options.allowed
    wait(5_000)
    expect((await invoke()).FENGHUO_SECRET).toBe('sixty-four')
  })

  it('to many that begin at once is asked again by each at a time of its own', async () => {
    const { stores, invoke } = await instance([])
    const pauses = vi.spyOn(globalThis, 'setTimeout')
    const chance = vi.spyOn(Math, 'random').mockReturnValueOnce(0).mockReturnValueOnce(0.4)
    onTestFinished(() => void [pauses, chance].map((spy) => spy.mockRestore()))
    stores.fail({ kind: 'rate-limit' }, { kind: 'rate-limit' })
    expect((await invoke()).FENGHUO_SECRET).toBe('sixty-four')
    expect(pauses.mock.calls.map(([, ms]) => ms).filter((ms) => ms === 100 || ms === 180)).toEqual([100, 180])
  })
})

it('a secret of one’s own is read from Secrets Manager', async () => {
  const { env, invoke } = await instance([])
  env.FENGHUO_SECRET_ARN = OTHER
  expect((await invoke()).FENGHUO_SECRET).toBe('of my own')
})

it('a secret that is not there is named', async () => {
  const { options, logged, invoke } = await instance([])
  delete options.parameters[SECRET]
  await invoke()
  expect(logged).toMatchObject([{ names: ['FENGHUO_SECRET'], reason: `Error: there is no parameter ${SECRET}` }])
})

it('a role that may not read one name reads none of its call, and says whose', async () => {
  const { invoke, logged } = await instance(['A', 'B'], { allowed: [SECRET, '/fenghuo/prod/A'] })
  expect((await invoke()).FENGHUO_SECRETS_UNREAD).toBe('A,B')
  expect(String(logged[0]?.reason)).toMatch(/AccessDeniedException .*\/fenghuo\/prod\/B/)
})

it('whether parameters are there can be asked without their values', async () => {
  const { access } = await instance(['A'])
  const { values, missing } = await readParameters('/fenghuo/prod', ['A', 'C'], access(), false)
  expect(missing).toEqual(['C'])
  expect(values.A).not.toContain('value of')
})
