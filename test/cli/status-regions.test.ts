import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { changeSubscriber, sealAddress } from '../../shared/store/subscribers.ts'
import { startSecretStores } from '../simulators/secret-stores.ts'
import { fenghuoYml } from './terminal.ts'
import { FIRST, SECOND, startTwoRegions, type TwoRegions } from './two-regions.ts'

const status = `status:
  pay: { title: Example, components: { all: { title: All, checks: [pay] } } }
`

let world: TwoRegions
beforeEach(async () => {
  world = await startTwoRegions()
  world.terminal.write('fenghuo.yml', `regions: [${FIRST}, ${SECOND}]\n${fenghuoYml}${status}`)
  await subscribed(FIRST, 'ann', 'secret')
})
afterEach(() => world.stop())

async function subscribed(region: typeof FIRST | typeof SECOND, name: string, secret: string): Promise<void> {
  const address = sealAddress(`${name}@example.com`, secret)
  const one = {
    name,
    address,
    state: 'active',
    language: 'en',
    base: '',
    since: 0,
    told: [] as string[],
    failures: 0,
  } as const
  await changeSubscriber('pay', name, () => one, world.in[region].handed)
}

/** Lambda and Parameter Store of a region, as far as the secret of its functions goes. */
async function secretOf(region: string, value: string): Promise<{ lambda: string; ssm: string }> {
  const { env, now } = world.terminal.io
  const name = `/fenghuo/${region}/secret`
  const keys = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' }
  const stores = await startSecretStores({ ...keys, region, parameters: { [name]: value }, secrets: {}, now })
  const Variables = { FENGHUO_SECRET_ARN: `arn:aws:ssm:${region}:123456789012:parameter${name}` }
  const lambda = createServer(({ url }, answer) => {
    const isUrl = url === '/2021-10-31/functions/fenghuo-prod-acknowledge/url'
    answer.end(JSON.stringify(isUrl ? { FunctionUrl: 'https://a.example.com/' } : { Environment: { Variables } }))
  })
  await new Promise<void>((done) => lambda.listen(0, '127.0.0.1', done))
  onTestFinished(async () => {
    lambda.close()
    await stores.close()
  })
  return { lambda: `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`, ssm: stores.url }
}

const run = (...args: string[]) => world.terminal.run('status', ...args, '--stage', 'prod')

it.each([
  ['drop', /nobody named ann/],
  ['end', /nothing named ann/],
])('what may be known in a region that does not answer is not said to be known nowhere: %s', async (command, said) => {
  world.cut(FIRST)
  const { code, err } = await run(command, 'pay', 'ann')
  const [warning, error] = err.split('\n')
  expect(code).toBe(2)
  expect(warning).toMatch(/^warning: fenghuo-prod in ap-southeast-1 did not answer \(.+\): it may be known there$/)
  expect(error).toMatch(said)
})

it('a subscriber is taken away where they are known, and a region that has not heard of that is named', async () => {
  world.cut(SECOND)
  expect(await run('drop', 'pay', 'ann')).toMatchObject({
    code: 2,
    out: 'ann is told nothing of /status/pay any more.',
    err: expect.stringMatching(/ap-northeast-1 did not answer .*: what that region has of it stays/),
  })
  world.heal(SECOND)
  expect((await run('drop', 'pay', 'ann')).err).toMatch(/^error: nobody named ann/)
})

it('what outsiders are told is listed though the first region does not answer', async () => {
  expect((await run('announce', 'pay', 'Read-only', '--from', 'Sat 22:00', '--until', 'Sat 23:00')).code).toBe(0)
  world.cut(FIRST)
  expect((await run('ls')).out).toMatch(/^PAGE +ID.*\npay +\w+ +.*22:00/)
})

it('subscribers are listed of each region, whose own secret reads them, and a region that does not answer is named', async () => {
  await subscribed(SECOND, 'bob', 'another')
  const [one, two] = [await secretOf(FIRST, 'secret'), await secretOf(SECOND, 'another')]
  await world.serve('AWS_ENDPOINT_URL_LAMBDA', { [FIRST]: one.lambda, [SECOND]: two.lambda })
  await world.serve('AWS_ENDPOINT_URL_SSM', { [FIRST]: one.ssm, [SECOND]: two.ssm })
  const { code, out, err } = await run('subscribers')
  expect([code, err]).toEqual([0, ''])
  const [head, ann, bob] = out.split('\n')
  expect(head).toMatch(/^REGION +PAGE/)
  expect(ann).toMatch(/^ap-southeast-1 +pay +ann +mail +a\*\*\*@example\.com/)
  expect(bob).toMatch(/^ap-northeast-1 +pay +bob +mail +b\*\*\*@example\.com/)

  world.cut(FIRST)
  expect(await run('subscribers', '--json')).toMatchObject({
    code: 2,
    out: expect.stringMatching(/"bob".*"region": "ap-northeast-1"/s),
    err: expect.stringMatching(/ap-southeast-1 did not answer .*: who has subscribed there is not in this list/),
  })
})
