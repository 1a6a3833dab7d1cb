import { expect, it } from 'vitest'
import { keepChanges } from '../../shared/store/changes.ts'
import { PathWorld } from '../engine/world.ts'
import { KEY, request, sample, WayIn } from '../ingest/requests.ts'
import { Visitor } from './console-visitor.ts'

const MINUTE = 60_000
const INCIDENT = '/incidents/1001'

/** A world whose way in and console share a table. */
function connected() {
  const world = new PathWorld()
  const way = new WayIn()
  way.now = world.now
  const io = () => ({ ...world.io(), checks: way.table })
  const told = async (payload: object, more: object = {}) => {
    way.now = world.now
    return way.take(request('/v2/change/enqueue', { routing_key: KEY, payload, ...more }))
  }
  const burn = async () => {
    await world.alert('trigger', { title: '收银台' })
    await world.settle()
  }
  return { world, way, told, burn, visitor: new Visitor(world, { io }) }
}

it('an incident shows what was changed in its project just before it began, the newest first', async () => {
  const { world, way, told, burn, visitor } = connected()
  const timestamp = new Date(world.now - 2 * MINUTE).toISOString()
  const answer = await told(
    {
      summary: 'Deployed <b>checkout</b> 1.42.0',
      source: 'ci/build-7',
      timestamp,
      custom_details: { password: 'hunter2' },
    },
    { links: [{ href: 'https://ci.example.com/771', text: 'build 771' }, { href: 'javascript:alert(1)' }] },
  )
  expect(answer).toEqual({ status: 202, body: { status: 'success', message: 'Change event processed' } })
  await told({ summary: 'Flag new-cart on', timestamp: new Date(world.now - 90 * MINUTE).toISOString() })
  await burn()
  const { text } = await visitor.get(INCIDENT)

  expect(text).toMatch(
    /Changed just before.*Deployed &lt;b&gt;checkout&lt;\/b&gt; 1\.42\.0 \(ci\/build-7, 2 min before it began\).*href="https:\/\/ci\.example\.com\/771".*Flag new-cart on \(1 h 30 min before it began\)/s,
  )
  expect(text).not.toContain('javascript:')
  expect(JSON.stringify(await way.table.query('inbound#pay#changes', ''))).not.toContain('hunter2')
  const { text: file } = await visitor.get(`${INCIDENT}/post-mortem.md`)
  expect(file).toMatch(/## What was changed just before.*Deployed &lt;b>checkout/s)
  const { text: resource } = await visitor.get('/api/v1/incidents/1001')
  expect(JSON.parse(resource).changes.map(({ summary }: { summary: string }) => summary)).toEqual([
    'Deployed <b>checkout</b> 1.42.0',
    'Flag new-cart on',
  ])
})

it('one that is sent again is told once, and those of long before, of long after and of others are not', async () => {
  const { world, told, burn, visitor } = connected()
  const at = (ms: number) => ({ timestamp: new Date(world.now + ms).toISOString() })
  for (let time = 0; time < 2; time++) await told({ summary: 'Deployed twice', ...at(-MINUTE) })
  await told({ summary: 'Deployed yesterday', ...at(-1_440 * MINUTE) })
  await burn()
  world.now += 20 * MINUTE
  await told({ summary: 'Deployed the fix' })
  const { text } = await visitor.get(INCIDENT)

  expect(text.match(/Deployed twice/g)).toHaveLength(1)
  expect(text).not.toContain('Deployed yesterday')
  expect(text).not.toContain('Deployed the fix')
})

it('a pipeline that changes something each second has its newest changes read, and no more', async () => {
  const { world, way, burn, visitor } = connected()
  const changes = Array.from({ length: 500 }, (_, back) => ({
    ...{ at: world.now - back * 1_000, summary: `change ${back}`, links: [] },
  }))
  await keepChanges('pay', changes, { checks: way.table })
  await burn()
  const newest = way.table.newest.bind(way.table)
  const read: number[] = []
  way.table.newest = async (...asked) => {
    const rows = await newest(...asked)
    read.push(rows.length)
    return rows
  }
  const { text } = await visitor.get(INCIDENT)

  expect(read).toEqual([20])
  expect(text.match(/change \d+/g)?.slice(0, 2)).toEqual(['change 0', 'change 1'])
})

it.each([
  ['none', undefined],
  ['of next year', '2027-11-28T02:10:00Z'],
  ['of the last century', '1999-01-01T00:00:00Z'],
  ['no time', 'yesterday'],
])('a time that is %s is when it came', async (_, timestamp) => {
  const { told, burn, visitor } = connected()
  await told({ summary: 'Deployed', timestamp })
  await burn()

  expect((await visitor.get(INCIDENT)).text).toContain('Deployed (0 s before it began)')
})

it('an incident is shown and told though what was changed cannot be read, and nothing says that nothing was', async () => {
  const { world, way, told, burn, visitor } = connected()
  await told({ summary: 'Deployed' })
  await burn()
  const newest = way.table.newest.bind(way.table)
  way.table.newest = async (pk, ...rest) =>
    pk.endsWith('#changes') ? Promise.reject(new Error('throttled')) : newest(pk, ...rest)

  const { status, text } = await visitor.get(INCIDENT)
  expect(status).toBe(200)
  expect(text).toContain('收银台')
  expect(text).not.toContain('Changed just before')
  expect(JSON.parse((await visitor.get('/api/v1/incidents/1001')).text)).not.toHaveProperty('changes')
  expect((await visitor.get(`${INCIDENT}/post-mortem.md`)).text).toMatch(
    /## What was changed just before\s+It could not be read .*## Timeline/s,
  )
  expect(JSON.parse((await visitor.get(`${INCIDENT}/post-mortem.json`)).text)).not.toHaveProperty('changes')
  const why = JSON.parse((await visitor.get('/api/v1/incidents/1001/why')).text)
  expect(why).not.toHaveProperty('changes')
  expect(why.decisions[0]).toMatchObject({ kind: 'opened' })
  expect(world.logged).toContainEqual(expect.objectContaining({ event: 'changes not read' }))
})

it('while the table does not take it, its sender is told to send it again', async () => {
  const { way, told } = connected()
  way.table.put = async () => Promise.reject(new Error('throttled'))

  expect((await told({ summary: 'Deployed' })).status).toBe(429)
})

it('the sample of PagerDuty’s documentation is kept', async () => {
  const { way } = connected()
  await way.take(request('/v2/change/enqueue', { ...(sample('pd-change') as object), routing_key: KEY }))

  expect(await way.table.query('inbound#pay#changes', '')).toMatchObject([{ sk: /^c#0\d+#/ }])
})
