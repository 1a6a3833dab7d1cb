import { describe, expect, it } from 'vitest'
import { handoffsBetween, proofAt, proofsBetween } from '../../shared/oncall/handoffs.ts'

const timezone = 'Asia/Shanghai'
const at = (time: string) => Date.parse(`${time}:00+08:00`)
const roster = {
  schedules: { sre: { rotation: ['lin', 'wang'], handoff: '10:00', timezone, start: '2026-11-22' } },
  overrides: [{ schedule: 'sre', contact: 'chen', from: '2026-11-23 18:00', to: '2026-11-23 20:00' }],
}

describe('hand-offs', () => {
  it('are those to other people, with who had it and until when', () => {
    expect(handoffsBetween(roster, 'sre', at('2026-11-23T09:00'), at('2026-11-23T20:00'))).toEqual([
      { at: at('2026-11-23T10:00'), before: ['lin'], contacts: ['wang'], until: at('2026-11-23T18:00') },
      { at: at('2026-11-23T18:00'), before: ['wang'], contacts: ['chen'], until: at('2026-11-23T20:00') },
      { at: at('2026-11-23T20:00'), before: ['chen'], contacts: ['wang'], until: at('2026-11-24T10:00') },
    ])
  })

  it('are counted once by who looks again and again', () => {
    const edges = ['09:55', '10:00', '10:05'].map((time) => at(`2026-11-23T${time}`))
    const [first = 0, second = 0, third = 0] = edges
    expect(handoffsBetween(roster, 'sre', first, second)).toHaveLength(1)
    expect(handoffsBetween(roster, 'sre', second, third)).toHaveLength(0)
  })

  it('to the same people are none', () => {
    const alone = { schedules: { sre: { ...roster.schedules.sre, rotation: ['lin'] } }, overrides: [] }
    expect(handoffsBetween(alone, 'sre', at('2026-11-23T00:00'), at('2026-11-26T00:00'))).toEqual([])
  })
})

it.each([
  ['10:00', '2026-11-23T10:00'],
  ['20:59', '2026-11-23T20:59'],
  ['21:00', '2026-11-23T20:00'],
  ['00:00', '2026-11-22T20:00'],
  ['08:30', '2026-11-22T20:00'],
])('a hand-off at %s is proven at %s', (time, proof) => {
  expect(proofAt({ at: at(`2026-11-23T${time}`) }, timezone)).toBe(at(proof))
})

it('who takes over several times in a night proves it once, in the evening before, for the first', () => {
  const hourly = { ...roster.schedules.sre, handoff: 'every 4 hours 00:00' }
  const proofs = (from: string, to: string) =>
    proofsBetween({ schedules: { sre: hourly }, overrides: [] }, 'sre', () => timezone, at(from), at(to))
  expect(proofs('2026-11-23T19:00', '2026-11-23T20:00')).toEqual([
    { contact: 'wang', from: at('2026-11-23T20:00'), at: at('2026-11-23T20:00') },
    { contact: 'lin', from: at('2026-11-24T00:00'), at: at('2026-11-23T20:00') },
  ])
  expect(proofs('2026-11-23T20:00', '2026-11-24T11:59')).toEqual([])
})
