import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MOST_ENTRIES, PART_CHARACTERS, partsOf } from '../../shared/ingest/parts.ts'

const entry = (index: number) => ({ labels: { index, text: '"]},[{\\' }, note: 'x'.repeat(500) })
const list = Array.from({ length: 1_000 }, (_, index) => entry(index))
const bodies = (parts: { text: string }[]) => parts.map(({ text }) => JSON.parse(text))

describe('a long text', () => {
  it('that is a list is parted into lists', () => {
    const parts = partsOf(JSON.stringify(list), undefined)
    expect(bodies(parts).flat()).toEqual(list)
    expect(parts.length).toBeGreaterThan(3)
    for (const { text } of parts) expect(text.length).toBeLessThan(1.5 * PART_CHARACTERS + 1_000)
  })

  it('with a list in it is parted into as many texts with all that is around it', () => {
    const around = { version: '4', groupKey: '{}:{a="\\"[,"}' }
    const parts = partsOf(
      JSON.stringify({ ...around, alerts: list, truncated: [1, { alerts: [2, 3] }] }, null, 1),
      'alerts',
    )
    const all = bodies(parts)
    expect(all.flatMap(({ alerts }) => alerts)).toEqual(list)
    for (const { alerts: _, ...rest } of all) expect(rest).toEqual({ ...around, truncated: [1, { alerts: [2, 3] }] })
  })

  it('has no part with more entries than can be worked on at once, be they as short as they may', () => {
    const counts = partsOf(`[${Array(200_000).fill('{}')}]`, undefined).map(({ count }) => count)
    expect([Math.max(...counts), counts.reduce((sum, count) => sum + count)]).toEqual([MOST_ENTRIES, 200_000])
  })

  it('says of each part where it stood', () => {
    const parts = partsOf(JSON.stringify({ alerts: list }), 'alerts')
    let before = 0
    for (const part of parts) {
      const { alerts } = JSON.parse(part.text)
      expect(part).toMatchObject({ before, count: alerts.length })
      before += alerts.length
    }
  })

  const long = JSON.stringify(list)
  it.each([
    ['is short', JSON.stringify({ alerts: list.slice(0, 100) })],
    ['has no list of that name', JSON.stringify({ items: list })],
    ['has the list deeper down', JSON.stringify({ data: { alerts: list } })],
    ['has something else under that name', JSON.stringify({ alerts: { 0: long } })],
    ['has the name twice, of which the last counts', `{"alerts":${long},"alerts":[]}`],
    ['may have the name in another spelling', `{"\\u0061lerts":${long},"alerts":${long}}`],
    ['has more around the list than in it', JSON.stringify({ alerts: list, frames: long })],
    ['is a string', JSON.stringify(long)],
    ['is cut off in the list', `{"alerts":${long}`.slice(0, -9)],
    ['is cut off in a string', `{"alerts":${long}`.slice(0, -3)],
    ['is no JSON at all', '{'.repeat(PART_CHARACTERS * 2)],
  ])('that %s is one part', (_, text) => {
    expect(partsOf(text, 'alerts').map((part) => part.text)).toEqual([text])
  })

  it('is JSON exactly if all of its parts are, whatever character of it is changed', () => {
    const isJson = (text: string) => {
      try {
        return JSON.parse(text) !== undefined
      } catch {
        return false
      }
    }
    const whole = JSON.stringify({ v: '4', alerts: list.slice(0, 300), more: { a: 1 } })
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.constantFrom(...'"\\,:[]{} x1'), (at, character) => {
        const text = whole.slice(0, at) + character + whole.slice(at + 1)
        const parts = partsOf(text, 'alerts')
        expect(parts.every((part) => isJson(part.text))).toBe(isJson(text))
        if (!isJson(text) || parts.length === 1) return
        expect(bodies(parts).flatMap(({ alerts }) => alerts)).toEqual(JSON.parse(text).alerts)
      }),
      { numRuns: 300 },
    )
  })
})
