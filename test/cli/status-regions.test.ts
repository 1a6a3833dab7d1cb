import { afterEach, beforeEach, expect, it } from 'vitest'
import { changeSubscriber, sealAddress } from '../../shared/store/subscribers.ts'
import { fenghuoYml } from './terminal.ts'
import { FIRST, SECOND, startTwoRegions, type TwoRegions } from './two-regions.ts'

const status = `status:
  pay: { title: Example, components: { all: { title: All, checks: [pay] } } }
`

let world: TwoRegions
beforeEach(async () => {
  world = await startTwoRegions()
  world.terminal.write('fenghuo.yml', `regions: [${FIRST}, ${SECOND}]\n${fenghuoYml}${status}`)
  const ann = { address: sealAddress('ann@example.com', 'secret'), state: 'active', language: 'en', base: '' } as const
  await changeSubscriber(
    'pay',
    'ann',
    () => ({ ...ann, name: 'ann', since: 0, told: [], failures: 0 }),
    world.in[FIRST].handed,
  )
})
afterEach(() => world.stop())

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
