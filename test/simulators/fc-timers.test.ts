import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { startFc3 } from './fc/calls3.ts'
import { START } from './fc/client.ts'

const MINUTE = 60_000
const sample = JSON.parse(readFileSync(new URL('../samples/alibaba-fc-timer-event.json', import.meta.url), 'utf8'))

/** A function `probe` of this source. */
async function deploy(source: string) {
  const fc = await startFc3()
  await fc.createSource(source)
  const events = (from = 0) => fc.sim.runs.slice(from).map(({ result }) => JSON.parse(result.body.toString()))
  return { ...fc, events }
}

describe('timers', () => {
  const ECHO = 'exports.handler = async (event) => event'

  it('fire by the passed clock, with the vendor’s event', async () => {
    const { timer, clock, sim, events } = await deploy(ECHO)
    await timer('every-minute', '@every 1m', {}, { payload: 'awesome-fc' })
    clock.advance(MINUTE - 1)
    await sim.tick()
    expect(sim.runs).toEqual([])
    clock.advance(1)
    await sim.tick()
    expect(sim.runs).toMatchObject([{ kind: 'timer', functionName: 'probe', qualifier: 'LATEST', attempt: 1 }])
    expect(Object.keys(events()[0])).toEqual(Object.keys(sample))
    clock.advance(2 * MINUTE)
    await sim.tick()
    await sim.tick()
    expect(events()).toEqual([
      { triggerTime: '2026-11-21T03:01:00Z', triggerName: 'every-minute', payload: 'awesome-fc' },
      { triggerTime: '2026-11-21T03:02:00Z', triggerName: 'every-minute', payload: 'awesome-fc' },
      { triggerTime: '2026-11-21T03:03:00Z', triggerName: 'every-minute', payload: 'awesome-fc' },
    ])
  })

  // START is a Saturday, 03:00 UTC and 11:00 in Shanghai.
  it.each([
    ['0 30 3 * * *', ['2026-11-21T03:30:00Z', '2026-11-22T03:30:00Z']],
    ['15 0/20 4 * * *', ['2026-11-21T04:00:15Z', '2026-11-21T04:20:15Z', '2026-11-21T04:40:15Z']],
    ['CRON_TZ=Asia/Shanghai 0 0 4 * * *', ['2026-11-21T20:00:00Z', '2026-11-22T20:00:00Z']],
    ['0 0 9 ? * MON-FRI', ['2026-11-23T09:00:00Z', '2026-11-24T09:00:00Z']],
    ['0 0 9 ? * 7', ['2026-11-22T09:00:00Z', '2026-11-29T09:00:00Z']],
    ['0 0 9 1 JAN ?', ['2027-01-01T09:00:00Z', '2028-01-01T09:00:00Z']],
    ['0 0 9 25 * SUN', ['2026-11-22T09:00:00Z', '2026-11-25T09:00:00Z', '2026-11-29T09:00:00Z']],
    // In 2027 Berlin has no 02:30 on March 28th.
    ['CRON_TZ=Europe/Berlin 0 30 2 27-29 3 ?', ['2027-03-27T01:30:00Z', '2027-03-29T00:30:00Z']],
    ['@every 7h', ['2026-11-21T10:00:00Z', '2026-11-21T17:00:00Z']],
  ])('%s', async (cronExpression, times) => {
    const { timer, sim } = await deploy(ECHO)
    await timer('timer', cronExpression)
    const trigger = sim.account.functions.get('probe')?.triggers.get('timer')
    const found: string[] = []
    for (let at: number | undefined = START; at !== undefined && found.length < times.length; ) {
      at = trigger?.timetable.next(at)
      if (at !== undefined) found.push(new Date(at).toISOString().replace('.000', ''))
    }
    expect(found).toEqual(times)
  })

  it('stop when they are disabled, deleted, or their function is', async () => {
    const { timer, updateTrigger, clock, sim, fc3, events } = await deploy(ECHO)
    await timer('off', '@every 1m', {}, { enable: false })
    await timer('on', '@every 1m')
    clock.advance(MINUTE)
    await sim.tick()
    expect(events().map(({ triggerName }) => triggerName)).toEqual(['on'])
    await updateTrigger('off', { triggerConfig: '{"cronExpression":"@every 1m","enable":true}' })
    await fc3.deleteTrigger('probe', 'on')
    clock.advance(MINUTE)
    await sim.tick()
    expect(events(1).map(({ triggerName }) => triggerName)).toEqual(['off'])
    sim.deleteByHand('probe')
    clock.advance(MINUTE)
    await sim.tick()
    expect(sim.runs).toHaveLength(2)
  })

  it('run what their alias stands for, and are tried again as it has it', async () => {
    const failing = (text: string) => `exports.handler = async () => { throw new Error('${text}') }`
    const { timer, updateSource, publish, alias, moveAlias, putAsync, clock, sim } = await deploy(failing('one'))
    await alias('live', await publish())
    await putAsync({ maxAsyncRetryAttempts: 1 }, 'live')
    await timer('timer', '@every 1m', { qualifier: 'live' })
    await updateSource(failing('two'))
    clock.advance(MINUTE)
    await sim.tick()
    await moveAlias('live', { versionId: await publish() })
    clock.advance(MINUTE)
    await sim.tick()
    expect(
      sim.runs.map(({ versionId, attempt, result }) => [versionId, attempt, JSON.parse(`${result.body}`).errorMessage]),
    ).toEqual([
      ['1', 1, 'one'],
      ['1', 2, 'one'],
      ['2', 1, 'two'],
      ['2', 2, 'two'],
    ])
  })

  it('that have nothing to call any more are noted', async () => {
    const { timer, publish, alias, clock, sim } = await deploy(ECHO)
    await alias('live', await publish())
    await timer('orphan', '@every 1m', { qualifier: 'live' })
    sim.account.functions.get('probe')?.versions.aliases.delete('live')
    clock.advance(MINUTE)
    await sim.tick()
    expect(sim.runs).toEqual([])
    expect(sim.misfires).toEqual([{ triggerName: 'orphan', qualifier: 'live', code: 'AliasNotFound' }])
  })
})
