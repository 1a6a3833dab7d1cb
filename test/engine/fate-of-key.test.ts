import { describe, expect, it } from 'vitest'
import { fateOf } from '../../shared/engine/console/fate-of-key.ts'
import { fateText } from '../../shared/messages/why.ts'
import { Grouping } from './grouping.ts'

async function fateIn(world: Grouping, key: string): Promise<string> {
  const found = await fateOf(key, ['pay'], world.config, world.io())
  if ('incident' in found) return `#${found.incident.number}`
  return `${found.fate.code} ${fateText(found.fate, 'en', world.now, 'Asia/Shanghai')}`
}

describe('the fate of a key of a project that groups', () => {
  it('is the incident that its alert has joined, and that it is over there', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    await world.send('trigger', 'db')
    const { number } = world.group
    const joined = `in-group db is one of the alerts of #${number} (cluster=a)`
    expect(await fateIn(world, 'db')).toBe(joined)
    await world.send('resolve', 'db')
    expect(await fateIn(world, 'db')).toBe(`${joined}; it is over`)
    expect(await fateIn(world, 'nobody')).toMatch(/^never-came/)
  })

  it('is the group that it has moved to', async () => {
    const world = new Grouping()
    await world.send('trigger', 'web')
    const first = world.group.number
    await world.send('trigger', 'web', { labels: { cluster: 'b' } })
    expect(await fateIn(world, 'web')).toBe(`in-group web is one of the alerts of #${first + 1} (cluster=b)`)
  })

  it('is whichever is newer where it had an incident of its own before', async () => {
    const world = new Grouping()
    const group = world.stopGrouping()
    await world.send('trigger', 'web')
    const own = world.incident('pay', 'web').number
    await world.send('resolve', 'web')
    group()
    expect(await fateIn(world, 'web')).toBe(`#${own}`)
    await world.send('trigger', 'web')
    expect(await fateIn(world, 'web')).toMatch(/^in-group /)
  })

  it('is that its end came first', async () => {
    const world = new Grouping()
    await world.send('resolve', 'web')
    expect(await fateIn(world, 'web')).toMatch(/^resolved-first the end of web \(pay\) came before its alert/)
  })

  it('is the storm that its group came in', async () => {
    const world = new Grouping({ stormLimit: 1 })
    await world.send('trigger', 'web')
    await world.send('trigger', 'db', { labels: { cluster: 'b' } })
    await world.send('trigger', 'cache', { labels: { cluster: 'c' } })
    expect(await fateIn(world, 'cache')).toMatch(/^in-storm cache came above the storm limit of pay and joined #\d+$/)
  })
})
