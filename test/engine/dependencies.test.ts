import { describe, expect, it } from 'vitest'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import { someCheck } from '../checks/records.ts'
import { MINUTE, Probes } from './probes.ts'

const sg = 'aws/ap-southeast-1'

/** `gateway`, and what stands behind it. */
function behind(changes: Partial<CompiledCheck> = {}): Probes {
  const gateway = someCheck({ name: 'gateway' })
  const web = someCheck({ name: 'web', dependsOn: 'pay/gateway', ...changes })
  // A parent comes after its child here: the order of the configuration says nothing.
  return new Probes({ checks: [web, gateway] })
}

describe('a check behind one that is down', () => {
  it('raises nothing, though both fail in the same report', async () => {
    const world = behind()
    await world.minutes(5, { [sg]: 'u' })
    expect(await world.minute({ [sg]: 'd' })).toEqual([])
    expect(await world.minute({ [sg]: 'd' })).toEqual(['opened pay/gateway'])
    expect(await world.minutes(40, { [sg]: 'd' })).toEqual([])
    expect(await world.verdict('pay/web')).toBe('down')

    expect(await world.minutes(5, { [sg]: 'u' })).toEqual(['resolved pay/gateway'])
    expect(world.all).toEqual(['pay/gateway critical resolved'])
  })

  it('that is down on its own raises its alert, once looks from after the recovery say so', async () => {
    const world = behind()
    await world.minutes(5, { [sg]: 'u' })
    await world.minutes(5, { [sg]: 'd' })
    // web, gateway
    expect(await world.minutes(2, { [sg]: 'du' })).toEqual(['resolved pay/gateway'])
    expect(await world.minutes(3, { [sg]: 'du' })).toEqual(['opened pay/web'])
    expect(world.says('pay', 'pay/web')).toBe('pay/web is down, seen from 1 of 1')
    expect(await world.minutes(2, { [sg]: 'uu' })).toEqual(['resolved pay/web'])
  })

  it('and is looked at less often is not told because of looks from before the recovery', async () => {
    const world = behind({ intervalMs: 5 * MINUTE })
    const five = async (first: string, rest: string) => [
      ...(await world.minute({ [sg]: first })),
      ...(await world.minutes(4, { [sg]: rest })),
    ]
    await five('uu', '-u')
    await five('uu', '-u')
    expect(await five('dd', '-d')).toEqual(['opened pay/gateway'])
    expect(await five('dd', '-d')).toEqual([])
    expect(await five('uu', '-u')).toEqual(['resolved pay/gateway'])
    expect(await world.verdict('pay/web')).toBe('down')

    expect(await five('uu', '-u')).toEqual([])
    expect(await world.verdict('pay/web')).toBe('up')
  })

  it('that had its alert before keeps it, and it is resolved as ever', async () => {
    const world = behind()
    await world.minutes(5, { [sg]: 'u' })
    expect(await world.minutes(2, { [sg]: 'du' })).toEqual(['opened pay/web'])
    expect(await world.minutes(2, { [sg]: 'dd' })).toEqual(['opened pay/gateway'])
    expect(await world.minutes(2, { [sg]: 'ud' })).toEqual(['resolved pay/web'])
  })

  it('that is looked at before what it depends on waits for that, and no longer', async () => {
    const world = new Probes({
      checks: [
        someCheck({ name: 'web', dependsOn: 'pay/gateway', intervalMs: 5 * MINUTE }),
        someCheck({ name: 'gateway' }),
      ],
    })
    await world.minutes(5, { [sg]: '-u' })
    expect(await world.minute({ [sg]: 'uu' })).toEqual([])
    await world.minutes(4, { [sg]: '-u' })
    expect(await world.minute({ [sg]: 'du' })).toEqual([])
    expect(await world.minutes(4, { [sg]: '-u' })).toEqual([])
    // Two of three looks are down now, and the gateway has failed once.
    expect(await world.minute({ [sg]: 'dd' })).toEqual([])
    expect(await world.verdict('pay/web')).toBe('down')
    expect(await world.minute({ [sg]: '-d' })).toEqual(['opened pay/gateway'])

    expect(await world.minutes(2, { [sg]: '-u' })).toEqual(['resolved pay/gateway'])
  })

  it('is told within a look of what it depends on, if that is not to blame', async () => {
    const world = new Probes({
      checks: [
        someCheck({ name: 'web', dependsOn: 'pay/gateway', intervalMs: 5 * MINUTE }),
        someCheck({ name: 'gateway' }),
      ],
    })
    await world.minutes(5, { [sg]: '-u' })
    await world.minute({ [sg]: 'uu' })
    await world.minutes(4, { [sg]: '-u' })
    await world.minute({ [sg]: 'du' })
    await world.minutes(4, { [sg]: '-u' })
    expect(await world.minute({ [sg]: 'dd' })).toEqual([])

    expect(await world.minutes(2, { [sg]: '-u' })).toEqual(['opened pay/web'])
  })

  it('in a chain is as quiet as the next one', async () => {
    const world = new Probes({
      checks: [
        someCheck({ name: 'page', dependsOn: 'pay/web' }),
        someCheck({ name: 'web', dependsOn: 'pay/gateway' }),
        someCheck({ name: 'gateway' }),
      ],
    })
    await world.minutes(5, { [sg]: 'u' })

    expect(await world.minutes(5, { [sg]: 'd' })).toEqual(['opened pay/gateway'])
    expect(await world.minutes(5, { [sg]: 'u' })).toEqual(['resolved pay/gateway'])
  })

  it('behind one that is slow, or of which nothing is known, is told', async () => {
    const slow = behind()
    await slow.minutes(5, { [sg]: 'u' })
    await slow.minutes(5, { [sg]: 'ug' })
    expect(await slow.minutes(2, { [sg]: 'dg' })).toEqual(['opened pay/web'])

    const unknown = behind()
    await unknown.minutes(5, { [sg]: 'u' })
    await unknown.minutes(3, { [sg]: 'u?' })
    expect(await unknown.minutes(2, { [sg]: 'd?' })).toContain('opened pay/web')
  })
})

it.each([
  ['is late', undefined],
  ['has failed', { v: 1, kind: 'heartbeat', check: 'pay/nightly', status: 'fail' }],
])('a job that %s behind a check that is down is told of when that is up again', async (_reason, message) => {
  const world = new Probes({
    checks: [
      someCheck({ name: 'host' }),
      someCheck({
        name: 'nightly',
        kind: 'heartbeat',
        isPassive: true,
        from: [],
        spec: { periodMs: 10 * MINUTE, graceMs: 0 },
        dependsOn: 'pay/host',
      }),
    ],
  })
  await world.minutes(5, { [sg]: 'u' })
  expect(await world.minutes(2, { [sg]: 'd' })).toEqual(['opened pay/host'])
  if (message !== undefined) await world.evaluate(message)
  expect(await world.minutes(message === undefined ? 8 : 2, { [sg]: 'd' })).toEqual([])
  expect(await world.verdict('pay/nightly')).toBe('down')

  expect(await world.minutes(2, { [sg]: 'u' })).toEqual(['resolved pay/host', 'opened pay/nightly'])
})
