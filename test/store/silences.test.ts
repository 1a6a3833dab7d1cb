import { expect, it } from 'vitest'
import { changeSilence, recentSilences } from '../../shared/store/silences.ts'
import { logNothing } from './log-nothing.ts'
import { MemoryTable } from './memory-table.ts'

it('silences are read once a second, however many steps ask, and again at once when they could not be read', async () => {
  const incidents = new MemoryTable()
  let [now, broken, reads] = [0, true, 0]
  const counted = Object.assign(Object.create(incidents), {
    query: async (pk: string, prefix: string) => {
      reads += 1
      if (broken) throw new Error('throttled')
      return await incidents.query(pk, prefix)
    },
  })
  const silences = recentSilences({ incidents: counted, now: () => now, log: logNothing })
  const made = { matchers: [], startsAt: 0, endsAt: 60_000, by: 'lin', comment: '', changedAt: 0 }

  await expect(silences()).rejects.toThrow('throttled')
  broken = false
  expect(await Promise.all([silences(), silences()])).toEqual([[], []])
  expect(reads).toBe(2)

  await changeSilence('a', () => ({ id: 'a', ...made }), { incidents })
  now = 999
  expect(await silences()).toEqual([])
  now = 1_000
  expect(await silences()).toMatchObject([{ id: 'a' }])
  expect(reads).toBe(3)
})
