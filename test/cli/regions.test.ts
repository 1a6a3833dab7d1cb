import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contactsOf } from '../../cli/engine.ts'
import { knownRegion } from '../../shared/engine/regions/known-region.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import { readSilence } from '../../shared/store/silences.ts'
import { page } from './paging.ts'
import { oncallYml, startOfTest } from './terminal.ts'
import { FIRST, SECOND, startTwoRegions, type TwoRegions } from './two-regions.ts'

let world: TwoRegions
beforeEach(async () => {
  world = await startTwoRegions()
})
afterEach(() => world.stop())

const run = (...args: string[]) => world.terminal.run(...args, '--stage', 'prod')
const directoryIn = async (region: typeof FIRST | typeof SECOND) =>
  (await contactsOf(world.in[region].target).read('pay'))?.directory
const silenceIn = (region: typeof FIRST | typeof SECOND, id: string) => readSilence(id, world.in[region].handed)

/** Each knows of the other: the first pages. */
function asRegions(): void {
  for (const own of [FIRST, SECOND])
    Object.assign(world.in[own].handed, { place: { own, order: [FIRST, SECOND], guardMs: 60_000 } })
}

/** An incident that is paged in the first region, as the other has it. */
async function guardedBy(region: typeof SECOND): Promise<Incident> {
  await page(world.in[FIRST], { project: 'pay', key: 'web' })
  return page(world.in[region], { project: 'pay', key: 'web' })
}

describe('of several regions', () => {
  it('apply writes to all, and says so of each', async () => {
    const { code, out, err } = await run('apply', '--yes')

    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n').slice(-2)).toEqual([
      'Applied to 3 projects of fenghuo-prod in ap-southeast-1.',
      'Applied to 3 projects of fenghuo-prod in ap-northeast-1.',
    ])
    expect(await directoryIn(SECOND)).toEqual(await directoryIn(FIRST))
    expect((await run('apply', '--yes')).out).toMatch(/^No difference: .*southeast-1, .*northeast-1 has what/)
  })

  it('one that does not answer is named, with what brings it up to date', async () => {
    await run('apply', '--yes')
    world.cut(FIRST)
    world.terminal.write('oncall.yml', oncallYml.replace('+8613800000002', '+8613800000009'))
    const { code, err } = await run('apply', '--yes')

    expect(code).toBe(2)
    expect(err).toMatch(
      /^warning: fenghuo-prod in ap-southeast-1 did not answer \(.+\): once it answers, run bin\/fenghuo\.js apply --stage prod --region ap-southeast-1$/,
    )
    expect((await directoryIn(SECOND))?.contacts.wang?.phone).toBe('+8613800000009')
    world.heal(FIRST)
    await run('apply', '--yes', '--region', FIRST)
    expect(await directoryIn(FIRST)).toEqual(await directoryIn(SECOND))
  })

  it('an override that one has missed is brought there by apply, not lost', async () => {
    await run('apply', '--yes')
    world.cut(FIRST)
    const made = await run('override', 'sre', 'wang', 'Sat 18:00', 'Sun 10:00')
    expect(made).toMatchObject({
      code: 2,
      err: expect.stringContaining('apply --stage prod, which brings it to ap-southeast-1'),
    })
    world.heal(FIRST)
    await run('apply', '--yes')

    expect((await directoryIn(FIRST))?.overrides).toEqual((await directoryIn(SECOND))?.overrides)
    expect((await directoryIn(FIRST))?.overrides.some(({ made }) => made?.id === 'id-1')).toBe(true)
    expect((await run('override', 'rm', 'id-1')).err).toBe('')
    for (const region of [FIRST, SECOND])
      expect((await directoryIn(region))?.overrides.some(({ made }) => made !== undefined)).toBe(false)
  })

  it('a silence is made, and ended, in all', async () => {
    await run('silence', 'add', 'project=pay', '--for', '2h', '--comment', 'x')
    expect(await silenceIn(SECOND, 'id-1')).toEqual(await silenceIn(FIRST, 'id-1'))

    world.cut(FIRST)
    const { code, out, err } = await run('silence', 'expire', 'id-1')
    expect([code, out]).toEqual([0, 'id-1 is over. What still burns pages now.'])
    expect(err).toContain('it takes the silence over by itself')
    expect(await silenceIn(SECOND, 'id-1')).not.toEqual(await silenceIn(FIRST, 'id-1'))
    world.heal(FIRST)
    expect((await run('silence', 'expire', 'id-1')).err).toContain('is over already')
  })

  it('watch reads what each has of people and silences', async () => {
    await run('apply', '--yes')
    await run('silence', 'add', 'project=pay', '--for', '2h', '--comment', 'x')
    const { env: own, tables } = world.in[FIRST].target
    const env = { ...own, FENGHUO_REGIONS_URL: own.AWS_ENDPOINT_URL_DYNAMODB }
    const [first, second] = [FIRST, SECOND].map((region) => knownRegion(region, env, tables))

    expect(await second?.people('pay')).toMatchObject({ revision: (await first?.people('pay'))?.revision })
    expect(await second?.people('nobody')).toEqual({})
    expect(await second?.silences()).toEqual(await first?.silences())
    world.terminal.write('oncall.yml', oncallYml.replace('+8613800000002', '+8613800000009'))
    await run('apply', '--yes', '--region', SECOND)
    expect((await second?.people('pay'))?.revision).not.toBe((await first?.people('pay'))?.revision)
    world.cut(SECOND)
    await expect(second?.silences()).rejects.toThrow()
  })

  it('an incident is found by its number in whichever has given it, also while another is lost', async () => {
    const { number } = await page(world.in[SECOND], { project: 'pay' })
    world.cut(FIRST)

    expect(await run('ack', String(number))).toMatchObject({ code: 0, out: expect.stringContaining(`#${number}`) })
    expect(await run('ack', '4711')).toMatchObject({ code: 2, err: expect.stringContaining('it may be known there') })
  })

  it('what is taken or ended by its number is so in each region, however the first one’s queue is worked on', async () => {
    asRegions()
    const [first, second] = [
      await page(world.in[FIRST], { project: 'pay', key: 'web' }),
      await page(world.in[SECOND], { project: 'pay', key: 'web' }),
    ]
    const statuses = async () =>
      Promise.all(
        [FIRST, SECOND].map(async (region) => (await readIncident(first, world.in[region].handed.incidents))?.status),
      )

    expect(await statuses()).toEqual(['open', 'open'])
    expect(first.number).not.toBe(second.number)
    await run('ack', String(first.number))
    expect(await statuses()).toEqual(['acknowledged', 'acknowledged'])
    await run('resolve', String(second.number), '--force')
    expect(await statuses()).toEqual(['resolved', 'resolved'])
  })

  it('what is paged in another region than the one whose number is given goes on there', async () => {
    asRegions()
    const guarded = await guardedBy(SECOND)
    const before = (await readIncident(guarded, world.in[FIRST].handed.incidents))?.step

    expect((await run('escalate', String(guarded.number))).code).toBe(0)
    expect((await readIncident(guarded, world.in[FIRST].handed.incidents))?.step).toBeGreaterThan(before ?? 0)
  })

  it('what is merged, and split, is so in each region, by the number of whichever has given it', async () => {
    asRegions()
    // The second region has had another life of it before.
    await run('resolve', String((await page(world.in[SECOND], { project: 'pay', key: 'db' })).number), '--force')
    const db = { project: 'pay', key: 'db', at: startOfTest + 1_000 }
    const into = await page(world.in[FIRST], db)
    await page(world.in[SECOND], db)
    const guarded = await guardedBy(SECOND)
    const merged = () =>
      Promise.all(
        [FIRST, SECOND].map(
          async (region) => (await readIncident(guarded, world.in[region].handed.incidents))?.mergedInto?.incident,
        ),
      )

    expect((await run('merge', String(into.number), String(guarded.number))).code).toBe(0)
    expect(await merged()).toEqual(['pay#1#db', 'pay#2#db'])
    expect((await readIncident(guarded, world.in[SECOND].handed.incidents))?.step).toBe(guarded.step)
    expect((await run('split', String(guarded.number))).code).toBe(0)
    expect(await merged()).toEqual([undefined, undefined])
  })

  it('what is merged into another than before is taken out of that one in its own region', async () => {
    asRegions()
    const [db, api] = [await page(world.in[FIRST], { key: 'db' }), await page(world.in[SECOND], { key: 'api' })]
    await page(world.in[SECOND], { key: 'db' })
    await page(world.in[FIRST], { key: 'api' })
    const web = await guardedBy(SECOND)
    await run('resolve', String(api.number), '--force')
    const again = { key: 'api', at: startOfTest + 1_000 }
    const second = await page(world.in[SECOND], again)
    await page(world.in[FIRST], again)
    await run('merge', String(second.number), String(web.number))
    await run('merge', String(db.number), String(web.number))

    expect((await run('incidents', String(second.number))).out).toContain(`#${web.number} taken out again by`)
  })

  it('of a merge a region that does not answer is named', async () => {
    asRegions()
    const into = await page(world.in[FIRST], { key: 'db' })
    const other = await page(world.in[FIRST], { key: 'web' })
    world.cut(SECOND)
    for (const words of [
      ['merge', into.number, other.number],
      ['split', other.number],
    ]) {
      const { code, err } = await run(...words.map(String))
      expect([code, err]).toEqual([
        0,
        expect.stringMatching(/in ap-northeast-1 did not answer .+--region ap-northeast-1/),
      ])
    }
  })

  it('one number of two incidents, from before there were several regions, is not guessed at', async () => {
    await page(world.in[FIRST], { project: 'pay' })
    const { number } = await page(world.in[SECOND], { project: 'shop' })

    expect(await run('ack', String(number))).toMatchObject({
      code: 2,
      err: expect.stringContaining('say which with --region'),
    })
    expect(await run('ack', String(number), '--region', SECOND)).toMatchObject({ code: 0 })
  })
})
