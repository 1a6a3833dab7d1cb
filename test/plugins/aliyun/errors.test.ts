import dns from 'node:dns'
import { describe, expect, type MockInstance, onTestFinished, test, vi } from 'vitest'
import type { Api } from '../../../plugins/aliyun/definition.ts'
import { CloudError } from '../../../plugins/provider/backend.ts'
import { explained } from '../../../plugins/provider/errors.ts'
import type { Failure } from '../../simulators/failures.ts'
import { startAccount } from './account.ts'

const APIS: Api[] = ['3.0', '2.0']

type Lookup = [host: string, options: object, told: (error: Error) => void]

/** What a deployment of one function throws. */
async function failure(api: Api, set: { env?: Record<string, string>; options?: object; fails?: Failure[] }) {
  const account = await startAccount(api, set.options)
  account.fc.fail(...(set.fails ?? []))
  const { deploy } = await account.deployer({}, set.env)
  const thrown = await deploy({ one: { environment: { KEY: 'a-long-secret' } } }).then(
    () => undefined,
    (error: unknown) => (error instanceof AggregateError ? error.errors[0].cause : error),
  )
  return { thrown, waits: account.waits, writes: account.writes(), left: account.fc.failuresLeft }
}

describe.each(APIS)('what Function Compute %s says', (api) => {
  test.each([
    {
      what: 'a wrong secret',
      env: { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'another-secret' },
      code: 'SignatureNotMatch',
      advice: 'Check ALIBABA_CLOUD_ACCESS_KEY_SECRET and this machine’s clock',
    },
    {
      what: 'a key that does not exist',
      env: { ALIBABA_CLOUD_ACCESS_KEY_ID: 'LTAI5tGone' },
      code: 'InvalidAccessKeyID',
      advice: 'Check ALIBABA_CLOUD_ACCESS_KEY_ID',
    },
    {
      what: 'a clock that is off by 20 minutes',
      options: { wallClock: () => Date.now() + 20 * 60_000 },
      code: 'AccessDenied',
      advice: 'Set this machine’s clock',
    },
  ])('of $what is final, with its code, its request and what to do', async ({ env, options, code, advice }) => {
    const { thrown, waits } = await failure(api, { ...(env ? { env } : {}), ...(options ? { options } : {}) })
    expect(thrown).toBeInstanceOf(CloudError)
    expect(thrown).toMatchObject({ kind: 'final', code })
    expect(thrown.requestId).toMatch(/^1-/)
    expect(explained(thrown).en).toContain(advice)
    expect(explained(thrown).zh).toMatch(/\p{Script=Han}.*\n {2}.*\p{Script=Han}/su)
    expect(explained(thrown).en).not.toMatch(/another-secret|account-secret/)
    expect(waits).toEqual([])
  })

  const create = 'CreateFunction'
  test.each<{ what: string; fails: Failure[] }>([
    { what: 'throttling', fails: [{ kind: 'rate-limit' }, { kind: 'rate-limit', operation: create }] },
    { what: 'a 500', fails: [{ kind: 'http', status: 500, operation: create }] },
    { what: 'a 503 after the fact', fails: [{ kind: 'http', status: 503, operation: create, taken: true }] },
    { what: 'a page of HTML', fails: [{ kind: 'garbage' }] },
    { what: 'a cut connection', fails: [{ kind: 'reset', operation: create }] },
    { what: 'an answer that is lost', fails: [{ kind: 'reset', operation: create, taken: true }] },
    {
      what: 'a lost answer to publishing',
      fails: [{ kind: 'reset', operation: api === '3.0' ? 'PublishFunctionVersion' : 'PublishVersion', taken: true }],
    },
    { what: 'a lost answer to a new alias', fails: [{ kind: 'reset', operation: 'CreateAlias', taken: true }] },
    { what: 'a lost answer to a new timer', fails: [{ kind: 'reset', operation: 'CreateTrigger', taken: true }] },
    {
      what: 'a change by someone else',
      fails: [{ kind: 'error', code: 'PreconditionFailed', operation: 'CreateTrigger' }],
    },
  ])('of $what does not keep a deployment from its end', async ({ fails }) => {
    const { thrown, left } = await failure(api, { fails })
    expect(thrown).toBeUndefined()
    expect(left).toBe(0)
  })

  test('over and over is told in the end', async () => {
    const { thrown, waits } = await failure(api, {
      fails: Array.from({ length: 6 }, () => ({ kind: 'http', status: 502 })),
    })
    expect(thrown).toMatchObject({ kind: 'transient' })
    expect(waits).toHaveLength(5)
  })
})

describe.each(APIS)('people read of Function Compute %s', (api) => {
  const list = api === '3.0' ? 'ListFunctions' : 'ListServices'
  const six = (failure: Failure) => Array.from({ length: 6 }, () => failure)
  test.each<{ what: string; fails: Failure[]; told: RegExp; kind: string }>([
    {
      what: 'a 500 with a page of HTML',
      fails: six({ kind: 'http', status: 500 }),
      told: new RegExp(`^HTTP 500 \\(${list}: HTTP500[,)]`),
      kind: 'transient',
    },
    {
      what: 'a 404 of somebody in between: nothing is known to be missing',
      fails: [{ kind: 'http', status: 404 }],
      told: new RegExp(`^HTTP 404 \\(${list}: HTTP404[,)]`),
      kind: 'final',
    },
    {
      what: 'a code with a dot, once',
      fails: six({ kind: 'rate-limit' }),
      told: new RegExp(`^Request was denied due to user flow control\\. \\(${list}: Throttling\\.User, request `),
      kind: 'transient',
    },
    {
      what: 'a clock that is wrong, which the vendor calls a denied access',
      fails: [
        {
          kind: 'error',
          code: 'AccessDenied',
          message: 'The difference between the request time and the current time is too large.',
        },
      ],
      told: /\n {2}Set this machine’s clock/,
      kind: 'final',
    },
    {
      what: 'a right that is missing',
      fails: [{ kind: 'error', code: 'AccessDenied', message: "the caller is not authorized to perform 'fc:X'" }],
      told: /\n {2}Give this RAM user the policy/,
      kind: 'final',
    },
  ])('$what', async ({ fails, told, kind }) => {
    const { thrown } = await failure(api, { fails })
    expect(thrown).toMatchObject({ kind })
    expect(explained(thrown).en).toMatch(told)
  })
})

test('a host that does not exist names what it is made of', async () => {
  const account = await startAccount('3.0')
  const { backend } = await account.deployer({}, { FENGHUO_ALIYUN_URL: 'http://no-such-host.invalid' })
  // The machine's own name server may be out of reach, which is another error.
  const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND no-such-host.invalid'), { code: 'ENOTFOUND' })
  const lookup = vi.spyOn(dns, 'lookup') as unknown as MockInstance<(...args: Lookup) => void>
  lookup.mockImplementation((_host, _options, told) => process.nextTick(told, unknown))
  onTestFinished(() => lookup.mockRestore())
  const error = await backend.list().catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ kind: 'final', code: 'ENOTFOUND', action: 'ListFunctions' })
  expect(explained(error).en).toContain('Check provider.region and ALIBABA_CLOUD_ACCOUNT_ID')
})

test('a message is the vendor’s own, without what the SDK puts around it', async () => {
  const { thrown } = await failure('3.0', { fails: [{ kind: 'error', code: 'InvalidArgument', message: 'no, no' }] })
  expect(thrown.message).toBe('no, no')
})

test.each([
  [
    { ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'another-secret' },
    /^Specified signature is not matched with our calculation\. \(/,
  ],
  [
    { FENGHUO_ALIYUN_URL: 'http://127.0.0.1:9' },
    /^connect ECONNREFUSED 127\.0\.0\.1:9 \(ListFunctions: ECONNREFUSED\)/,
  ],
])('with %o the message ends where the request begins', async (env, told) => {
  const account = await startAccount('3.0')
  const { backend } = await account.deployer({}, env)
  expect(explained(await backend.list().catch((thrown: unknown) => thrown)).en).toMatch(told)
})

test('a secret is not shown, even if the vendor repeats it', async () => {
  const account = await startAccount('3.0')
  account.fc.fail({ kind: 'error', code: 'InvalidArgument', message: 'what is account-secret?' })
  const { backend } = await account.deployer()
  expect(explained(await backend.list().catch((thrown: unknown) => thrown)).en).toMatch(/^what is \*\*\*\?/)
})

test('an address that is none is refused', async () => {
  const account = await startAccount('3.0')
  await expect(account.deployer({}, { FENGHUO_ALIYUN_URL: 'localhost:80' })).rejects.toThrow(
    'FENGHUO_ALIYUN_URL is no address',
  )
})
