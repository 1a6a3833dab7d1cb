import { describe, expect, test } from 'vitest'
import { tencent } from '../../../plugins/tencent/cloud.ts'
import { failure, service, startAccount } from './account.ts'

describe('credentials', () => {
  const connect = (account: Awaited<ReturnType<typeof startAccount>>, env: object, text?: string) =>
    tencent.connect(
      service,
      { ...account.around, env: { FENGHUO_TENCENT_URL: account.scf.url, ...env }, readText: async () => text },
      [],
    )

  test.each([
    ['none', {}, undefined, 'There is no key of Tencent Cloud: set TENCENTCLOUD_SECRET_ID'],
    [
      'half',
      { TENCENTCLOUD_SECRET_ID: 'x' },
      undefined,
      'TENCENTCLOUD_SECRET_ID is set, but TENCENTCLOUD_SECRET_KEY is not',
    ],
    ['the other half', { TENCENTCLOUD_SECRET_KEY: 'x' }, undefined, 'TENCENTCLOUD_SECRET_ID is not'],
    ['an empty file', {}, '', 'has no secret_id and secret_key under [default]'],
    [
      'another profile',
      {},
      '[other]\nsecret_id = a\nsecret_key = b',
      'has no secret_id and secret_key under [default]',
    ],
  ])('%s', async (_, env, text, reason) => {
    const account = await startAccount()
    await expect(connect(account, env, text)).rejects.toThrow(reason)
    expect(account.scf.calls).toEqual([])
  })

  const ofFile = '# mine\n[default]\nsecret_id = AKIDexample\nsecret_key = "not-a-real-secret-key"\n'

  test.each([
    ['home folder', /\/tencent-\w+\/\.tencentcloud\/credentials$/],
    ['whole machine', /^\/etc\/tencentcloud\/credentials$/],
  ])("come from the vendor's file of the %s", async (_, path) => {
    const account = await startAccount()
    const readText = async (file: string) => (path.test(file) ? ofFile : undefined)
    const around = { ...account.around, env: { FENGHUO_TENCENT_URL: account.scf.url }, readText }
    expect(await (await tencent.connect(service, around, [])).list()).toEqual([])
  })

  test.each([
    ['TENCENTCLOUD_TOKEN', { TENCENTCLOUD_TOKEN: 'of-an-hour' }, undefined],
    ["the SDK's variable", { TENCENTCLOUD_SESSION_TOKEN: 'of-an-hour' }, undefined],
    ['the file', { TENCENTCLOUD_SECRET_ID: '', TENCENTCLOUD_SECRET_KEY: '' }, `${ofFile}token = of-an-hour`],
  ])('that are temporary bring their token: %s', async (_, env, text) => {
    const account = await startAccount({ token: 'of-an-hour' })
    await expect(account.backend.list()).rejects.toMatchObject({ code: 'AuthFailure.TokenFailure' })
    expect(await (await connect(account, { ...account.env, ...env }, text)).list()).toEqual([])
  })

  test.each([
    ['a wrong key', { TENCENTCLOUD_SECRET_KEY: 'wrong-wrong-wrong' }, 'Check TENCENTCLOUD_SECRET_KEY'],
    ['an unknown id', { TENCENTCLOUD_SECRET_ID: 'AKIDother' }, 'Check TENCENTCLOUD_SECRET_ID'],
  ])('%s is told with what to do, and without its value', async (_, wrong, remedy) => {
    const account = await startAccount()
    const backend = await connect(account, { ...account.env, ...wrong })
    const text = await failure(backend.list())
    expect(text).toContain(remedy)
    expect(text).not.toContain('wrong-wrong-wrong')
  })

  test('a clock ten minutes off is told as such', async () => {
    const account = await startAccount({ wallClock: () => Date.now() + 600_000 })
    expect(await failure(account.backend.list())).toContain("Set this machine's clock")
  })
})

test('a region that does not exist is told as such', async () => {
  const account = await startAccount()
  const backend = await tencent.connect({ ...service, region: 'ap-atlantis' }, account.around, [])
  expect(await failure(backend.list())).toContain('Check provider.region')
})

test.each([
  ['http://127.0.0.1:9', 'Check the network and provider.region, and FENGHUO_TENCENT_URL if it is set'],
  ['127.0.0.1:9', 'FENGHUO_TENCENT_URL is no address, such as http://127.0.0.1:4000: 127.0.0.1:9'],
])('an address where nothing answers, or that is none, is told as such: %s', async (FENGHUO_TENCENT_URL, told) => {
  const account = await startAccount()
  const env = { ...account.env, FENGHUO_TENCENT_URL }
  const list = async () => (await tencent.connect(service, { ...account.around, env }, [])).list()
  expect(await failure(list())).toContain(told)
})

test('what the vendor says never shows a value of the environment', async () => {
  const account = await startAccount()
  const secret = 'hush-hush-hush'
  const backend = await tencent.connect(service, account.around, [secret])
  account.scf.fail({ kind: 'error', operation: 'ListFunctions', code: 'InvalidParameter', message: `bad ${secret}` })
  expect(await failure(backend.list())).toMatch(/^bad \*\*\* \(ListFunctions: InvalidParameter/)
})
