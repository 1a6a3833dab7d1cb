import { expect, test } from 'vitest'
import type { Api } from '../../../plugins/aliyun/definition.ts'
import { readZip } from '../../../plugins/provider/artifact.ts'
import { type Fns, startAccount } from './account.ts'

const old: Fns = {
  one: { code: '1', maximumRetryAttempts: 0 },
  gone: { code: '2', events: [{ schedule: 'rate(1 minute)' }, { schedule: 'rate(1 hour)' }] },
}
const next: Fns = {
  one: {
    code: '3',
    environment: { A: 'b' },
    events: [{ schedule: { rate: 'rate(1 minute)', name: 'each-minute' } }],
    tags: {},
  },
  fresh: { code: '4', maximumRetryAttempts: 1 },
}

/** More changes than any of the journeys below makes. */
const FAR = 100

type Account = Awaited<ReturnType<typeof startAccount>>

interface Journey {
  what: string
  before: Fns | undefined
  after: Fns | undefined
}

const journeys: Journey[] = [
  { what: 'a first deployment', before: undefined, after: next },
  { what: 'a second deployment', before: old, after: next },
  { what: 'a removal', before: next, after: undefined },
]

/** Tags of a function of its own are 3.0's. */
function suited(api: Api, fns: Fns): Fns {
  if (api === '3.0') return fns
  return Object.fromEntries(Object.entries(fns).map(([key, { tags: _, ...fn }]) => [key, fn]))
}

async function goTo(account: Account, fns: Fns | undefined): Promise<void> {
  const { deploy, remove } = await account.deployer()
  if (fns) await deploy(fns)
  else await remove()
}

/** What the timers call: a function's code and its environment. */
function called({ fc }: Account): string[] {
  const owners = [...fc.account.functions.values(), ...fc.account.services.values()]
  const targets = owners.flatMap((owner) => owner.boundTriggers()).map(({ target }) => target())
  const texts = targets.map(({ deployed: { functionName, code, environmentVariables }, qualifier }) => {
    const [result] = Buffer.from(readZip(code.zip)['index.js'] ?? [])
      .toString()
      .split(' ')
      .slice(-1)
    return `${functionName}.${qualifier} ${result} ${JSON.stringify(environmentVariables)}`
  })
  return [...new Set(texts)].sort()
}

/** All that a timer may call at any time: nothing of which is half one version and half another. */
const whole = [
  'demo-dev-one.live 1 {}',
  'demo-dev-one.live 3 {"A":"b"}',
  'demo-dev-gone.live 2 {}',
  'demo-dev-fresh.live 4 {}',
]

const cases = journeys.flatMap((journey) => (['3.0', '2.0'] as Api[]).map((api) => ({ api, ...journey })))

test.each(cases)('$what on $api, cut off after any change and run again, comes to the same end', async (journey) => {
  const { api, before, after } = journey
  const [from, to] = [before && suited(api, before), after && suited(api, after)]
  for (let changes = 0; changes < FAR; changes++) {
    const when = `after change ${changes}`
    const account = await startAccount(api)
    if (from) await goTo(account, from)
    account.line.cutAfter(changes)
    const isCut = await goTo(account, to).then(
      () => false,
      () => true,
    )
    account.line.cutAfter(Number.POSITIVE_INFINITY)
    for (const call of called(account)) expect(whole, when).toContain(call)
    await goTo(account, to)
    account.writes()
    await goTo(account, to)
    expect(account.writes(), when).toEqual([])
    expect(there(account), when).toEqual(to ? ['demo-dev-fresh schedule-1', 'demo-dev-one each-minute'] : [])
    expect(called(account), when).toEqual(to ? ['demo-dev-fresh.live 4 {}', 'demo-dev-one.live 3 {"A":"b"}'] : [])
    await account.close()
    if (!isCut) {
      expect(changes).toBeGreaterThan(8)
      return
    }
  }
  expect.unreachable('it never came to an end')
}, 60_000)

/** All functions with their timers; and services without functions. */
function there({ fc }: Account): string[] {
  const services = [...fc.account.services.values()]
  const functions = [...fc.account.functions, ...services.flatMap((service) => [...service.functions])]
  const empty = services.filter((service) => service.functions.size === 0)
  return [
    ...functions.map(([name, { triggers }]) => `${name} ${[...triggers.all.keys()]}`),
    ...empty.map(({ name }) => name),
  ].sort()
}
