import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { type Kept, keepOwnSecret } from '../../plugins/own-secret/keep.ts'
import type { StoreAccess } from '../../shared/clouds/aws/secret-stores.ts'
import { startSecretStores } from '../simulators/secret-stores.ts'
import type { VendorServer } from '../simulators/server.ts'

const parameter = '/fenghuo/prod/secret'
const earlier = (region: string) => `arn:aws:secretsmanager:${region}:123456789012:secret:Secret-AbCdEf`
const keys = { accessKeyId: 'AKID', secretAccessKey: 'key' }

interface Region {
  parameters: Record<string, string>
  secrets: Record<string, string>
  /** What Lambda answers about `page`. */
  page: [status: number, variables: Record<string, string>]
  /** What it answers in place of variables. */
  hidden?: object
  stores: VendorServer
  access(): StoreAccess
}

const names = ['ap-southeast-1', 'ap-northeast-1']
const [first = '', second = ''] = names
let regions: Record<string, Region>

beforeEach(async () => {
  regions = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await region(name)] as const)))
})

/** A region of an account, with nothing in it. */
async function region(name: string): Promise<Region> {
  const here = { parameters: {} as Record<string, string>, secrets: {} as Record<string, string> }
  const stores = await startSecretStores({ ...keys, ...here, region: name, now: Date.now })
  const lambda = createServer((request, response) => {
    const isPage = request.url === '/2015-03-31/functions/fenghuo-prod-page/configuration'
    const [status, Variables] = isPage ? made.page : [404, {}]
    response
      .writeHead(status)
      .end(JSON.stringify({ Environment: made.hidden ? { Error: made.hidden } : { Variables } }))
  })
  await new Promise<void>((done) => lambda.listen(0, '127.0.0.1', done))
  onTestFinished(() => stores.close())
  onTestFinished(() => void lambda.close())
  const env = {
    AWS_REGION: name,
    AWS_ENDPOINT_URL_SSM: stores.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: stores.url,
    AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`,
  }
  const made: Region = {
    ...here,
    page: [404, {}],
    stores,
    access: () => ({ env, credentials: keys, now: Date.now, deadline: Date.now() + 600 }),
  }
  return made
}

const at = (name: string): Region => regions[name] ?? expect.unreachable()
const deploy = (name: string, order = names): Promise<Kept> =>
  keepOwnSecret({ parameter, reader: 'fenghuo-prod-page', region: name, regions: order }, async (one) =>
    at(one).access(),
  )

it('the first deployment makes one of 64 characters, and the next ones leave it', async () => {
  expect(await deploy(first, [])).toEqual({ kind: 'made' })
  const made = at(first).parameters[parameter]
  expect(made).toMatch(/^[\w-]{64}$/)
  expect(await deploy(first, [])).toEqual({ kind: 'there' })
  expect(at(first).parameters[parameter]).toBe(made)
})

it('a further region has the same, whichever is deployed first', async () => {
  expect(await deploy(second)).toEqual({ kind: 'made' })
  expect(await deploy(first)).toEqual({ kind: 'there' })
  expect(at(first).parameters[parameter]).toBe(at(second).parameters[parameter])
})

it('a region that is put before the others later copies theirs', async () => {
  at(second).parameters[parameter] = 'of years'
  expect(await deploy(first)).toEqual({ kind: 'copied', from: second })
  expect(at(first).parameters[parameter]).toBe('of years')
})

it('two regions that are deployed at once agree on one', async () => {
  await Promise.all([deploy(first), deploy(second), deploy(second)])
  expect(at(first).parameters[parameter]).toMatch(/^[\w-]{64}$/)
  expect(at(second).parameters[parameter]).toBe(at(first).parameters[parameter])
})

it('what an earlier version keeps in Secrets Manager goes on, so that links and heartbeats do', async () => {
  at(first).page = [200, { FENGHUO_SECRET_ARN: earlier(first) }]
  at(first).secrets[earlier(first)] = 'of years'
  expect(await deploy(first)).toEqual({ kind: 'copied', from: first })
  expect(at(first).parameters[parameter]).toBe('of years')
  expect(await deploy(second)).toEqual({ kind: 'copied', from: first })
  expect(at(second).parameters[parameter]).toBe('of years')
})

it('a parameter that was deleted under a running deployment is made anew', async () => {
  at(first).page = [200, { FENGHUO_SECRET_ARN: `arn:aws:ssm:${first}:123456789012:parameter${parameter}` }]
  expect(await deploy(first, [])).toEqual({ kind: 'made' })
})

it.each([
  ['of whose function Lambda does not tell', () => void Object.assign(at(second), { page: [403, {}] })],
  [
    'whose function’s variables are not to be seen',
    () =>
      void Object.assign(at(second), {
        page: [200, {}],
        hidden: { ErrorCode: 'AccessDeniedException', Message: 'no' },
      }),
  ],
  [
    'that may not be read',
    () =>
      at(second).stores.fail({ kind: 'error', code: 'AccessDeniedException', operation: 'AmazonSSM.GetParameters' }),
  ],
  [
    'whose secret is out of reach',
    () => void Object.assign(at(second), { page: [200, { FENGHUO_SECRET_ARN: earlier(second) }] }),
  ],
])('nothing is made while there is another region %s: it may have one', async (_what, hide) => {
  hide()
  await expect(deploy(first)).rejects.toThrow(`${second}: `)
  expect([at(first).parameters, at(second).parameters]).toEqual([{}, {}])
})

it('a region that is lost stops no deployment where another one tells', async () => {
  at(first).page = [403, {}]
  at(second).parameters[parameter] = 'of years'
  expect(await deploy(first)).toEqual({ kind: 'copied', from: second })
})

it('an answer that is lost after it was put is no other secret', async () => {
  at(first).stores.fail({ kind: 'reset', operation: 'AmazonSSM.PutParameter', taken: true })
  expect(await deploy(first, [])).toEqual({ kind: 'made' })
  expect(at(first).stores.failuresLeft).toBe(0)
  expect(at(first).parameters[parameter]).toMatch(/^[\w-]{64}$/)
})
