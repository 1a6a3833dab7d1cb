import { describe, expect, it } from 'vitest'
import { carryOut, type Outcome } from '../../../cli/deploy/carry-out.ts'
import { type Deployment, deploymentsOf } from '../../../cli/deploy/deployments.ts'

const vantages = { sg: 'aws/sg', gz: 'tencent/gz', hz: 'aliyun/hz' }
const all = deploymentsOf({ vantages }, 'sg')
const done = (said = ''): Outcome => ({ status: 'deployed', said })

/** Deployments that end when they are told to. */
function play(waitsFor: (deployment: Deployment) => Deployment[]) {
  const ends = new Map<string, (outcome: Outcome | Error) => void>()
  const seen: string[] = []
  const outcomes = carryOut(
    all,
    waitsFor,
    ({ name }) =>
      new Promise((resolve, reject) => {
        seen.push(`${name} begins`)
        ends.set(name, (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome)))
      }),
    ({ name }, { status, said }) => seen.push(`${name} ${status} ${said}`.trim()),
    'en',
  )
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return {
    outcomes,
    async end(name: string, outcome: Outcome | Error = done()) {
      ends.get(name)?.(outcome)
      await settled()
      return seen.splice(0)
    },
    async start() {
      await settled()
      return seen.splice(0)
    },
  }
}

describe('deployments', () => {
  it('go side by side when nothing has to be there first', async () => {
    const run = play(() => [])

    expect(await run.start()).toEqual(['aws/sg begins', 'tencent/gz begins', 'aliyun/hz begins'])
    expect(await run.end('tencent/gz', done('12 functions'))).toEqual(['tencent/gz deployed 12 functions'])
    for (const name of ['aliyun/hz', 'aws/sg']) await run.end(name)
    expect((await run.outcomes).map(({ status }) => status)).toEqual(Array(3).fill('deployed'))
  })

  it('wait for what they need, and for nothing else', async () => {
    const run = play(({ name }) => all.filter((one) => name === 'aliyun/hz' && one.name === 'aws/sg'))

    expect(await run.start()).toEqual(['aliyun/hz waiting for aws/sg', 'aws/sg begins', 'tencent/gz begins'])
    expect(await run.end('aws/sg')).toEqual(['aws/sg deployed', 'aliyun/hz begins'])
    await run.end('tencent/gz')
    await run.end('aliyun/hz')
    await run.outcomes
  })

  it('that need one which failed are not tried; the others go on', async () => {
    const run = play(({ cloud }) => all.filter(({ role }) => cloud === 'tencent' && role === 'primary'))
    await run.start()

    expect(await run.end('aws/sg', new Error('no credentials'))).toEqual([
      'aws/sg failed no credentials',
      'tencent/gz not tried aws/sg has to be deployed first',
    ])
    await run.end('aliyun/hz')
    expect((await run.outcomes).map(({ status }) => status)).toEqual(['failed', 'not tried', 'deployed'])
  })
})
