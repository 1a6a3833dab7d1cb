import { expect, test } from 'vitest'
import { CloudError, type FoundFunction, type FoundUnit } from '../../../plugins/provider/backend.ts'
import { prepare } from '../../../plugins/provider/deploy.ts'
import { isEmpty, planUnit, refusals } from '../../../plugins/provider/plan.ts'
import { asWritten } from '../../../shared/contracts/words.ts'
import { Cloud } from './memory.ts'
import { deploy, io, timer, units, wanted } from './units.ts'

const rules = { codeFields: ['Handler'], fixedFields: ['Runtime'], secretFields: ['Environment'] }

async function deployed(...functions: Parameters<typeof units>): Promise<Cloud> {
  const cloud = new Cloud()
  await deploy(cloud, units(...functions))
  return cloud
}

test.each([
  ['nothing', {}, []],
  ['the code', { codeHash: 'code 2' }, ['a: update code', 'a: publish a version and make it live']],
  [
    'a field',
    { configuration: { Timeout: 9 } },
    ['a: update configuration: Timeout: 3 → 9', 'a: publish a version and make it live'],
  ],
  [
    'a field that goes with the code',
    { configuration: { Handler: 'index.main' } },
    ['a: update code', 'a: publish a version and make it live'],
  ],
  [
    'a field of secrets',
    { configuration: { Environment: { TOKEN: 'hush' } } },
    ['a: update configuration: Environment (TOKEN)', 'a: publish a version and make it live'],
  ],
  ['a timer', { timers: [timer('t', '2')] }, ['a: create timer t']],
  ['retries', { asyncInvocation: { RetryNum: 0 } }, ['a: put asynchronous invocation']],
  ['concurrency', { reservedConcurrency: 5 }, ['a: reserve concurrency']],
  ['a tag', { tags: { team: 'sre' } }, ['a: update tags']],
])('%s differs', async (_, change, steps) => {
  const cloud = await deployed(wanted())
  expect(await deploy(cloud, units(wanted(change)))).toEqual(steps)
})

test('what is wanted no more is taken away: timers, retries, concurrency and functions, in the end the unit', async () => {
  const full = wanted({ timers: [timer('t')], asyncInvocation: { RetryNum: 0 }, reservedConcurrency: 1 })
  const cloud = await deployed(full, wanted({ name: 'b', timers: [timer('t')] }))
  expect(await deploy(cloud, units(wanted()))).toEqual([
    'a: delete asynchronous invocation',
    'a: delete reserved concurrency',
    'a: delete timer t',
    'b: remove, for it is not in the configuration any more',
  ])
  expect(cloud.shown().map(({ name }) => name)).toEqual(['a'])
})

test('with only some functions of a unit, the others stay', async () => {
  const cloud = new Cloud()
  const [a, b] = [wanted(), wanted({ name: 'b' })]
  await deploy(cloud, [{ name: 's', functions: [a, b] }])
  const partial = { name: 's', functions: [wanted({ codeHash: 'code 2' })], partial: true }
  expect(await deploy(cloud, [partial], { others: false })).toEqual([
    'a: update code',
    's: publish a version and make it live',
  ])
  expect(cloud.shown()[0]?.functions.map(({ key }) => key)).toEqual(['a', 'b'])
})

test('a function of somebody else under our name is refused before anything is changed', async () => {
  const cloud = await deployed(wanted({ name: 'b' }))
  const theirs = cloud.units.get('b')?.functions.get('b')
  if (theirs) theirs.ours = false
  const before = cloud.calls.length
  await expect(deploy(cloud, units(wanted(), wanted({ name: 'b' })))).rejects.toThrow(
    'b is there and was not made by this service and stage: give function b another name',
  )
  expect(cloud.calls.slice(before)).toEqual(['list', 'read a', 'read b'])
})

test('what cannot be changed is refused with what to do', async () => {
  const cloud = await deployed(wanted())
  await expect(deploy(cloud, units(wanted({ configuration: { Runtime: 'Deno' } })))).rejects.toThrow(
    "a: Runtime can't be changed from Node to Deno once a function is there: remove it first",
  )
})

test('a function that is deleted between plan and execution is made again', async () => {
  const cloud = await deployed(wanted({ timers: [timer('t')] }))
  const all = units(wanted({ codeHash: 'code 2', timers: [timer('t')] }))
  cloud.before = (call) => {
    if (call === 'updateCode a') cloud.units.delete('a')
  }
  await deploy(cloud, all)
  expect(await deploy(cloud, all)).toEqual([])
})

test('a function that comes to be between plan and execution, of somebody else, is not touched', async () => {
  const cloud = new Cloud()
  const other = await deployed(wanted({ codeHash: 'theirs' }))
  const theirs = other.units.get('a')
  cloud.before = (call) => {
    if (call !== 'create a' || !theirs) return
    for (const held of theirs.functions.values()) held.ours = false
    cloud.units.set('a', theirs)
  }
  await expect(deploy(cloud, units(wanted()))).rejects.toMatchObject({
    errors: [expect.objectContaining({ message: expect.stringContaining('was not made by this service') })],
  })
  expect(cloud.calls.filter((call) => /^(update|publish|remove)/.test(call))).toEqual([])
})

test('one unit that fails does not stop the others, and all failures are told with what they are of', async () => {
  const cloud = new Cloud()
  cloud.before = (call) => {
    if (/^create [ac]$/.test(call)) {
      throw new CloudError(asWritten(call === 'create a' ? 'no room' : 'no room for c'), {
        kind: 'final',
        code: 'Quota',
        action: 'create',
      })
    }
  }
  const all = units(wanted(), wanted({ name: 'b' }), wanted({ name: 'c' }))
  await expect(deploy(cloud, all)).rejects.toMatchObject({
    errors: [{ message: 'a: no room (create: Quota)' }, { message: 'no room for c (create: Quota)' }],
  })
  expect(cloud.shown().map(({ name }) => name)).toEqual(['b'])
})

test('five versions are kept beside the live one', async () => {
  const cloud = new Cloud()
  for (let turn = 1; turn <= 9; turn++) await deploy(cloud, units(wanted({ codeHash: `code ${turn}` })))
  expect([...(cloud.units.get('a')?.versions.keys() ?? [])]).toEqual(['4', '5', '6', '7', '8', '9'])
})

test('a change that is refused while something else is in progress waits for its end', async () => {
  const cloud = await deployed(wanted())
  cloud.looks = 3
  await deploy(cloud, units(wanted({ codeHash: 'code 2', timers: [timer('t')] })))
  expect(cloud.shown()[0]?.functions[0]?.timers).toHaveLength(1)
})

function found(change: Partial<FoundFunction>): FoundUnit {
  const { configuration, codeHash, tags } = wanted()
  const content = { codeHash, configuration }
  const one: FoundFunction = {
    name: 'a',
    ours: true,
    state: { is: 'ready' },
    latest: content,
    live: content,
    timers: [],
    tags,
  }
  return {
    name: 'a',
    versions: [{ version: '1', state: { is: 'ready' } }],
    live: '1',
    functions: [{ ...one, ...change }],
  }
}

const [unit] = units(wanted())

test.each([
  ['a failed update, with the right version live', { state: { is: 'failed', reason: 'x' } as const }, true],
  ['a working copy that someone has changed', { latest: { configuration: {} } }, true],
  ['code that is not known', { live: { configuration: wanted().configuration } }, false],
])('%s: nothing to do is %s', (_, change, nothing) => {
  expect(unit && isEmpty(planUnit(unit, found(change), rules))).toBe(nothing)
})

test('a function whose creation failed is made anew, whatever its runtime was', () => {
  const broken = found({ state: { is: 'unusable', reason: 'no disk' }, latest: { configuration: { Runtime: 'Deno' } } })
  delete broken.functions[0]?.live
  const plan = unit && planUnit(unit, broken, rules)
  expect(plan?.functions[0]?.prepare).toEqual([{ do: 'recreate', reason: 'no disk' }])
  expect(unit && refusals([unit], [broken], rules)).toEqual([])
})

test('a timer of a wanted name that calls something else is replaced; others that are not on the alias are left alone', () => {
  const timers = [
    { ...timer('t'), qualifier: '$LATEST', schedule: '', enabled: true },
    { ...timer('by-hand'), qualifier: '$DEFAULT', schedule: '', enabled: true },
  ]
  const [withTimer] = units(wanted({ timers: [timer('t')] }))
  const plan = withTimer && planUnit(withTimer, found({ timers }), rules)
  expect(plan?.functions[0]?.settle).toEqual([
    { do: 'delete timer', timer: timers[0] },
    { do: 'create timer', timer: timer('t') },
  ])
})

test('a deployment waits for what is busy before it plans', async () => {
  const cloud = await deployed(wanted())
  const held = cloud.units.get('a')?.functions.get('a')
  if (held) held.busy = 2
  const { steps } = await prepare(cloud.backend(), units(wanted()), io, { others: true })
  expect(steps).toEqual([])
  expect(held?.busy).toBe(0)
})
