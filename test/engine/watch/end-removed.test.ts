import { describe, expect, it } from 'vitest'
import { compose } from '../../../shared/messages/compose.ts'
import { smsText } from '../../../shared/messages/sms.ts'
import { timelineText } from '../../../shared/messages/timeline.ts'
import { readTimeline } from '../../../shared/store/incidents.ts'
import { someCheck } from '../../checks/records.ts'
import { checksFrom, MINUTE, Probes } from '../probes.ts'
import { config, policy } from '../world.ts'

const sg = 'aws/ap-southeast-1'
const gz = 'tencent/ap-guangzhou'

/** `web` and `db`, seen from Singapore; `web` has been down for three minutes and was told. */
async function webIsDown(): Promise<Probes> {
  const world = new Probes({ checks: checksFrom(['web', 'db'], [sg]) })
  await world.minutes(3, { [sg]: 'uu' })
  expect(await world.minutes(3, { [sg]: 'du' })).toEqual(['opened pay/web'])
  return world
}

const without = (world: Probes, name: string) => {
  world.config = { ...world.config, checks: world.config.checks.filter((check) => check.name !== name) }
}

describe('a check that is removed from the configuration', () => {
  it('leaves no incident: its end is told once, as what it is', async () => {
    const world = await webIsDown()
    without(world, 'web')
    expect(await world.minutes(3, { [sg]: 'u' })).toEqual([])
    expect(await world.minutes(2, { [sg]: 'u' })).toEqual(['resolved pay/web'])
    expect(await world.minutes(40, { [sg]: 'u' })).toEqual([])
    expect(world.all).toEqual(['pay/web critical resolved'])

    const { message } = world.messages.at(-1) ?? expect.unreachable()
    expect(world.incident('pay', 'pay/web').resolved).toEqual({ at: message.notice.at, via: 'removed' })
    const { title, head, lines } = compose(message)
    expect(title).toBe('不再检查 | 支付 / web #1001')
    expect(head.some(({ tone }) => tone === 'good')).toBe(false)
    expect(lines.map(({ spans }) => spans.map(({ text }) => text).join(''))).toEqual([
      '02:04 – 02:10，共 6 分钟',
      '检查已从配置中移除，并非恢复',
    ])
    expect(compose({ ...message, language: 'en' }).title).toBe('NO LONGER CHECKED | 支付 / web #1001')
    expect(smsText({ ...message, language: 'zh' })).toContain('由移除检查处理')
    expect(smsText({ ...message, language: 'en' })).toMatch(/^FENGHUO 1001 NO LONGER CHECKED: .* Nothing to do\.$/)
    const timeline = await readTimeline({ project: 'pay', groupKey: 'pay/web' }, world.io())
    const told = timeline.map((entry) => timelineText(entry, 'en', 'Asia/Shanghai'))
    expect(told.filter((text) => /check|recover/i.test(text))).toEqual(['No longer checked', 'Told ops: the recovery'])
  })

  it('calls nobody, and calls off who is being called', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg]), policies: { default: policy() } })
    await world.minutes(3, { [sg]: 'u' })
    await world.minutes(2, { [sg]: 'd' })
    expect(world.calls).toEqual(['connect +8613800000001 line:person-+8613800000001:1'])
    without(world, 'web')
    for (let minute = 0; minute < 4; minute++) await world.minute({ [sg]: '' })
    const before = world.calls.length
    await world.minutes(60, { [sg]: '' })
    expect(world.incident('pay', 'pay/web')).toMatchObject({ status: 'resolved', resolved: { via: 'removed' } })
    expect(world.calls.slice(before).filter((call) => !call.includes('stop'))).toEqual([])
    expect(world.left).toEqual([])
  })

  it('that is slow, or without data, likewise', async () => {
    const world = new Probes({ checks: checksFrom(['web', 'db', 'api'], [sg]) })
    await world.minutes(3, { [sg]: 'uuu' })
    expect(await world.minutes(10, { [sg]: 'gu?' })).toEqual(['opened pay/web:degraded', 'opened pay/api:no-data'])
    without(world, 'web')
    without(world, 'api')
    expect((await world.minutes(6, { [sg]: 'u' })).sort()).toEqual([
      'resolved pay/api:no-data',
      'resolved pay/web:degraded',
    ])
  })

  it('and comes back is a new one', async () => {
    const world = await webIsDown()
    const { checks } = world.config
    without(world, 'web')
    await world.minutes(6, { [sg]: 'u' })
    world.config = { ...world.config, checks }
    expect(await world.minutes(3, { [sg]: 'du' })).toEqual(['opened pay/web'])
    expect(world.incident('pay', 'pay/web')).toMatchObject({ generation: 2, status: 'open' })
    expect(await world.minutes(3, { [sg]: 'uu' })).toEqual(['resolved pay/web'])
    expect(world.incident('pay', 'pay/web').resolved).toMatchObject({ via: 'system' })
  })

  it('is no longer held as flapping, and nobody looks at it any more', async () => {
    const world = await webIsDown()
    for (let times = 0; times < 5; times++) {
      await world.minutes(3, { [sg]: 'uu' })
      await world.minutes(3, { [sg]: 'du' })
    }
    without(world, 'web')
    await world.minutes(10, { [sg]: 'u' })
    expect(world.all).toEqual(['pay/web critical resolved'])
    expect(await world.checks.due(world.now + 86_400_000, 10)).toEqual([])
  })

  it('as a job that is waited for leaves nothing due, and starts afresh when it comes back', async () => {
    const nightly = someCheck({
      name: 'nightly',
      kind: 'heartbeat',
      isPassive: true,
      from: [],
      spec: { periodMs: 10 * MINUTE, graceMs: MINUTE },
    })
    const world = new Probes({ checks: [nightly] })
    await world.minute({})
    await world.evaluate({ v: 1, kind: 'heartbeat', check: 'pay/nightly' })
    expect(await world.minutes(12, {})).toEqual(['opened pay/nightly'])
    without(world, 'nightly')
    expect(await world.minutes(6, {})).toEqual(['resolved pay/nightly'])
    expect(await world.checks.due(world.now + 86_400_000, 10)).toEqual([])
    await world.minutes(60, {})
    world.config = { ...world.config, checks: [nightly] }
    expect(await world.minutes(11, {})).toEqual([])
    expect(await world.minutes(2, {})).toEqual(['opened pay/nightly'])
  })
})

describe('a project that gets another name', () => {
  it('has new checks, and the old ones`s incidents end', async () => {
    const world = await webIsDown()
    const { pay: _, ...others } = config().projects
    const renamed = checksFrom(['web', 'db'], [sg], { project: 'cash' }).map((check) => ({
      ...check,
      id: `cash/${check.name}`,
    }))
    const cash = {
      name: 'cash',
      title: '收银',
      policy: 'default',
      chat: ['ops'],
      severity: 'critical' as const,
      stormLimit: 50,
    }
    world.config = { ...world.config, projects: { ...others, cash }, checks: renamed }
    const report = (outcome: 'up' | 'down') =>
      world.reports(sg, [
        { check: 'cash/web', outcome },
        { check: 'cash/db', outcome: 'up' },
      ])
    const told: string[] = []
    for (let minute = 0; minute < 7; minute++) {
      world.now += MINUTE
      await report('down')
      await world.look()
      told.push(...(await world.told()))
    }
    expect(told).toEqual(['opened cash/web', 'resolved pay/web'])
    expect(world.all).toEqual(['pay/web critical resolved', 'cash/web critical open'])
  })
})

it('a check of Fenghuo’s own project ends like any other', async () => {
  const id = 'fenghuo/console'
  const world = new Probes({ checks: checksFrom(['console'], [sg], { project: 'fenghuo', id }) })
  const seen = (outcome: 'up' | 'down') => world.reports(sg, [{ check: id, outcome }])
  const told: string[] = []
  for (const outcome of ['up', 'up', 'down', 'down', 'down'] as const) {
    world.now += MINUTE
    await seen(outcome)
    await world.look()
    told.push(...(await world.told()))
  }
  expect(told).toEqual(['opened fenghuo/console'])
  world.config = { ...world.config, checks: checksFrom(['web'], [sg]) }
  expect(await world.minutes(6, { [sg]: 'u' })).toEqual(['resolved fenghuo/console'])
})

describe('a vantage that is removed', () => {
  it('is no longer said to be silent', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg, gz]) })
    await world.minutes(3, { [sg]: 'u', [gz]: 'u' })
    expect(await world.minutes(5, { [sg]: 'u' })).toEqual([`opened fenghuo/probe-${gz}`])
    world.config = { ...world.config, checks: checksFrom(['web'], [sg]) }
    expect(await world.minutes(6, { [sg]: 'u' })).toEqual([`resolved fenghuo/probe-${gz}`])
    expect(world.incident('fenghuo', `fenghuo/probe-${gz}`).resolved).toMatchObject({ via: 'removed' })
  })
})

describe('what stays', () => {
  it('an incident that is too new to be of a check that this function does not know yet', async () => {
    const world = await webIsDown()
    const { checks } = world.config
    without(world, 'web')
    await world.minutes(2, { [sg]: 'u' })
    world.config = { ...world.config, checks }
    expect(await world.minutes(30, { [sg]: 'du' })).toEqual([])
    expect(world.incident('pay', 'pay/web')).toMatchObject({ generation: 1, status: 'open' })
  })

  it('an alert from elsewhere, whatever it is named', async () => {
    const world = new Probes({ checks: checksFrom(['web'], [sg]) })
    await world.alert('trigger', { dedupKey: 'pay/old', component: 'pay/old', class: 'down' })
    await world.alert('trigger', { dedupKey: 'anything', component: 'anything' })
    await world.told()
    expect(await world.minutes(40, { [sg]: 'u' })).toEqual([])
    expect(world.all).toEqual(['pay/old critical open', 'anything critical open'])
  })

  it('the group of a check that finds its groups by a pattern, as long as it does', async () => {
    const orders = someCheck({
      name: 'orders',
      kind: 'kafka-lag',
      target: 'msk/orders-*',
      findsGroups: true,
      from: [sg],
    })
    const world = new Probes({ checks: [orders] })
    const lags = async (outcome: 'up' | 'down') => {
      world.now += MINUTE
      await world.reports(sg, [
        { check: 'pay/orders', outcome: 'up' },
        { check: 'pay/orders/orders-a', outcome },
      ])
      await world.look()
      return world.told()
    }
    for (let minute = 0; minute < 3; minute++) await lags('up')
    const told: string[] = []
    for (let minute = 0; minute < 9; minute++) told.push(...(await lags('down')))
    expect(told).toEqual(['opened pay/orders/orders-a'])
    const ofOne = someCheck({ name: 'orders', kind: 'kafka-lag', target: 'msk/orders-b', from: [sg] })
    world.config = { ...world.config, checks: [ofOne] }
    // It was told again a moment ago, which takes five minutes to settle.
    for (let minute = 0; minute < 6; minute++) {
      world.now += MINUTE
      await world.reports(sg, [{ check: 'pay/orders', outcome: 'up' }])
      await world.look()
      told.push(...(await world.told()))
    }
    expect(told).toEqual(['opened pay/orders/orders-a', 'resolved pay/orders/orders-a'])
  })
})
