import { expect, it } from 'vitest'
import { gatheringMs } from '../../shared/delivery/gathering.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { countOpenings } from '../../shared/store/storm-members.ts'
import { at } from '../messages/notices.ts'
import { MemoryTable } from '../store/memory-table.ts'

/** Incidents that were opened at these times, of so many that their project has opened in that minute. */
async function after(openedAt: string[], opened: number, now: string): Promise<number> {
  const io = { incidents: new MemoryTable(), now: () => at(now), log: () => {} }
  await countOpenings('pay', at(openedAt[0] ?? ''), opened, io)
  const about = openedAt.map((time) => ({ project: 'pay', openedAt: at(time) }) as Incident)
  return gatheringMs(about, io)
}

it.each([
  ['what came alone is called about at once', ['02:13:10'], 1, '02:13:10', 0],
  ['beside others it is put off until two seconds after it was opened', ['02:13:10'], 51, '02:13:11', 1_000],
  ['by the first of them: a storm that goes on puts nothing off', ['02:13:10', '02:13:12'], 51, '02:13:12', 0],
  ['a call that has all of them waits for nobody', ['02:13:10', '02:13:11'], 2, '02:13:11', 0],
  ['nor does one about what is two seconds old', ['02:13:10'], 51, '02:13:12', 0],
  ['of the minute before the others count, too', ['02:13:59'], 51, '02:14', 1_000],
])('%s', async (_, openedAt, opened, now, expected) => {
  expect(await after(openedAt, opened, now)).toBe(expected)
})

it('a call waits for nobody of whom the table does not tell', async () => {
  const incidents = new MemoryTable()
  incidents.getMany = async () => {
    throw new Error('throttled')
  }
  const about = [{ project: 'pay', openedAt: at('02:13:10') } as Incident]
  expect(await gatheringMs(about, { incidents, now: () => at('02:13:10'), log: () => {} })).toBe(0)
})
