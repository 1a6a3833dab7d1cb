import { expect, it } from 'vitest'
import type { Matchers } from '../../../shared/contracts/matcher.ts'
import { watch } from '../../../shared/engine/watch/watch.ts'
import type { Silence } from '../../../shared/incidents/pause/silence.ts'
import { factIn } from '../../../shared/messages/facts.ts'
import type { Override } from '../../../shared/oncall/plan.ts'
import { keepSilence } from '../../../shared/store/silences.ts'
import { directory, noticesIn, PathWorld } from '../world.ts'

const MINUTE = 60_000
const at = (time: string) => Date.parse(`2026-11-22T${time}:00+08:00`)
const leave: Override = { away: 'lin', from: '2026-11-22 10:00', to: '2026-11-24 10:00' }
const pay: Matchers = [[{ name: 'project', is: '=', value: 'pay' }]]

/** What the group hears from 09:50 to 11:00. */
async function heard(changes: Partial<Silence>, ...overrides: Override[]): Promise<string[]> {
  const world = new PathWorld()
  const own = { ...directory, overrides: overrides.length > 0 ? overrides : [leave] }
  const people = { policies: world.config.policies, directory: async () => own, timezone: 'Asia/Shanghai' }
  const silence = { id: 'a1', matchers: pay, startsAt: at('09:00'), endsAt: at('12:00'), by: '林悦', contact: 'lin' }
  await keepSilence({ ...silence, comment: 'move', changedAt: at('09:00'), ...changes }, world.io())
  for (world.now = at('09:50'); world.now < at('11:00'); world.now += MINUTE) {
    await watch({ config: world.config, backlog: world.backlog, deadLetters: [], people }, world.io())
    await world.settle()
  }
  const once = world.messages.flatMap(noticesIn).filter(({ kind }) => kind === 'once')
  return once.map(({ fact }) => (fact ? factIn('en', fact) : ''))
}

it('the group hears once that whoever made a silence is on leave while it lasts', async () => {
  expect(await heard({})).toEqual([
    '林悦 is on leave now, and the silence a1 (move) lasts until 2026-11-22 12:00: end it with bin/fenghuo.js silence expire a1 if nobody needs it',
  ])
  expect(await heard({ startsAt: at('10:30') })).toHaveLength(1)
})

it.each<[string, Partial<Silence>, Override[]]>([
  ['is over by then', { endsAt: at('10:00') }, []],
  ['is of another with the same name', { contact: 'other' }, []],
  ['was changed during that leave', { changedAt: at('10:00') }, []],
  ['is of nobody who is away', {}, [{ ...leave, away: 'wang' }]],
  ['concerns no project with a group', { matchers: [[{ name: 'project', is: '=', value: 'other' }]] }, []],
])('nothing is said of one that %s', async (_, changes, overrides) => {
  expect(await heard(changes, ...overrides)).toEqual([])
})
