import { describe, expect, it } from 'vitest'
import { alert } from '../../shared/contracts/alert.ts'
import { alertsOf } from '../../shared/engine/ingest/make-alerts.ts'
import { guides } from '../../shared/ingest/registered/guides.ts'
import { now, sample } from './requests.ts'

/** What each sample becomes stands beside it, to be read by people: a change of it is a change for whoever is paged. */
describe.each(guides)('$format.format', ({ format, samples }) => {
  it.each(samples)('%s', async (name) => {
    const body = sample(name)
    const read = format.schema.parse(body)
    const project = { name: 'pay', title: '支付', severity: 'critical' as const, language: 'en' as const }
    const taken = alertsOf(format, read, {
      project,
      receivedAt: now,
      token: () => 'made',
      options: undefined,
      earlier: {},
    })
    for (const one of taken.alerts) expect(alert.parse(one)).toEqual(one)
    const golden = `../samples/inbound/golden/${format.format}.${name}.json`
    await expect(`${JSON.stringify(taken, null, 2)}\n`).toMatchFileSnapshot(golden)
  })

  it.each(samples)('knows %s by its looks, and no other format does before it', (name) => {
    expect(guides.find((one) => one.format.matches(sample(name)))?.format).toBe(format)
  })
})

it('every format has samples', () => {
  expect(guides.filter(({ samples }) => samples.length === 0).map(({ format: { format } }) => format)).toEqual([])
})
