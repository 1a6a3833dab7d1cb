import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { heartbeatKey, pingKey } from '../../shared/checks/heartbeat/key.ts'
import { startSecretStores } from '../simulators/secret-stores.ts'
import { fenghuoYml, type Terminal, terminal } from './terminal.ts'

const jobs = `  data:
    title: 数据
    checks:
      nightly: { title: 夜间跑批, heartbeat: 1d, grace: 2h }
      weekly: { title: 周报, heartbeat: 7d }
`

let here: Terminal
beforeEach(() => {
  here = terminal()
  here.write('fenghuo.yml', fenghuoYml + jobs)
})
afterEach(() => here.remove())

/** Lambda's API as a deployment of stage `prod` has it. */
async function lambda(answers: Record<string, [status: number, body: unknown]>): Promise<string[]> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    expect(request.headers.authorization).toMatch(/Credential=AKID\/\d{8}\/ap-southeast-1\/lambda\/aws4_request/)
    const [status, body] = answers[request.url ?? ''] ?? [404, { Message: 'Function not found' }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  Object.assign(here.io.env, {
    AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'AKID',
    AWS_SECRET_ACCESS_KEY: 'key',
  })
  return asked
}

const configuration = '/2015-03-31/functions/fenghuo-prod-heartbeat/configuration'
const url = '/2021-10-31/functions/fenghuo-prod-heartbeat/url'

describe('fenghuo heartbeat', () => {
  it('prints a line for the script of each job, at the local stack', async () => {
    here.write(
      '.fenghuo/stack.json',
      JSON.stringify({
        pid: process.pid,
        console: 'http://127.0.0.1:4700',
        queues: {},
        tables: { contacts: 'c', incidents: 'i', checks: 'k', regions: 'r' },
      }),
    )
    here.write('.fenghuo/secret', 'local')
    const { code, out } = await here.run('heartbeat')
    expect(code).toBe(0)
    expect(out.split('\n')).toEqual([
      '# data/nightly: every 1d, at most 2h late',
      `curl -fsS -m 20 --retry 3 "http://127.0.0.1:4700/heartbeat/data/nightly?key=${heartbeatKey('data/nightly', 'local')}"`,
      `# as Healthchecks: http://127.0.0.1:4700/ping/${pingKey('data', 'local')}/nightly`,
      '# data/weekly: every 7d, at most 5min late',
      `curl -fsS -m 20 --retry 3 "http://127.0.0.1:4700/heartbeat/data/weekly?key=${heartbeatKey('data/weekly', 'local')}"`,
      `# as Healthchecks: http://127.0.0.1:4700/ping/${pingKey('data', 'local')}/weekly`,
    ])
  })

  it('asks a deployment where it hears, and by which secret', async () => {
    const arn = 'arn:aws:ssm:ap-southeast-1:123456789012:parameter/fenghuo/prod/secret'
    const stores = await startSecretStores({
      region: 'ap-southeast-1',
      accessKeyId: 'AKID',
      secretAccessKey: 'key',
      parameters: { '/fenghuo/prod/secret': 'deployed' },
      secrets: {},
      now: here.io.now,
    })
    onTestFinished(() => stores.close())
    here.io.env.AWS_ENDPOINT_URL_SSM = stores.url
    const asked = await lambda({
      [configuration]: [200, { Environment: { Variables: { FENGHUO_SECRET_ARN: arn } } }],
      [url]: [200, { FunctionUrl: 'https://abc.lambda-url.ap-southeast-1.on.aws/' }],
    })
    const { code, out, err } = await here.run('heartbeat', 'data/nightly', '--stage', 'prod', '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toEqual([
      {
        check: 'data/nightly',
        url: `https://abc.lambda-url.ap-southeast-1.on.aws/heartbeat/data/nightly?key=${heartbeatKey('data/nightly', 'deployed')}`,
        ping: `https://abc.lambda-url.ap-southeast-1.on.aws/ping/${pingKey('data', 'deployed')}/nightly`,
      },
    ])
    expect(asked).toEqual([`GET ${configuration}`, `GET ${url}`])
  })

  it('prints the domain of one’s own where there is one, and does not ask for the address behind it', async () => {
    const arn = 'arn:aws:secretsmanager:ap-southeast-1:123456789012:secret:Secret-AbCdEf'
    const { accessKeyId, secretAccessKey, region } = {
      accessKeyId: 'AKID',
      secretAccessKey: 'key',
      region: 'ap-southeast-1',
    }
    const secrets = { [arn]: 'deployed' }
    const stores = await startSecretStores({
      region,
      accessKeyId,
      secretAccessKey,
      parameters: {},
      secrets,
      now: here.io.now,
    })
    onTestFinished(() => stores.close())
    here.io.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = stores.url
    const Variables = { FENGHUO_SECRET_ARN: arn, INBOUND_DOMAIN: 'in.example.com' }
    const asked = await lambda({ [configuration]: [200, { Environment: { Variables } }] })
    const { out } = await here.run('heartbeat', 'data/nightly', '--stage', 'prod', '--json')
    const [{ url: address }] = JSON.parse(out)
    expect(address).toMatch(/^https:\/\/in\.example\.com\/heartbeat\/data\/nightly\?key=/)
    expect(asked).toEqual([`GET ${configuration}`])
  })

  it.each<[answers: Parameters<typeof lambda>[0], err: string, reason: string]>([
    [{}, 'error: fenghuo-prod in ap-southeast-1 has no such function: deploy this version first', 'an older one'],
    [
      { [configuration]: [403, { Message: 'not authorized' }] },
      'error: Lambda does not tell of the function (HTTP 403 not authorized): this takes lambda:GetFunctionConfiguration and lambda:GetFunctionUrlConfig',
      'one that may not be read',
    ],
  ])('%j: %s', async (answers, err) => {
    await lambda(answers)
    expect(await here.run('heartbeat', '--stage', 'prod')).toEqual({ code: 2, out: '', err })
  })

  it('says how to make one where there is none', async () => {
    here.write('fenghuo.yml', fenghuoYml)
    const { code, err } = await here.run('heartbeat')
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^error: no heartbeat is configured: /) })
  })

  it.each([
    [['pay'], 'error: no such check is a heartbeat: the others are run by probes'],
    [['date'], 'error: no check or project with checks is named `date` (did you mean `data`?)'],
    [['data'], /^error: where\? No local stack runs/],
  ])('%j: %s', async (names, err) => {
    const result = await here.run('heartbeat', ...names)
    expect(result).toMatchObject({ code: 2, out: '' })
    expect(result.err).toMatch(err)
  })
})
