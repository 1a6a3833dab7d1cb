import { describe, expect, it } from 'vitest'
import { readAudit } from '../../shared/store/audit.ts'
import { seenRecorder } from '../../shared/store/inbound.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const INCIDENT = '/incidents/1001'

async function burning(): Promise<{ world: PathWorld; visitor: Visitor }> {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  const visitor = new Visitor(world)
  visitor.cookies.set('__Host-fenghuo-me', 'lin')
  return { world, visitor }
}

/** What stands at the address that an answer leads to. */
async function shownAfter(visitor: Visitor, answer: Response): Promise<string> {
  return (await visitor.get(answer.headers.get('location') ?? '')).text
}

describe('what was just done', () => {
  it.each([INCIDENT, '/'])('is taken back by one press, from %s', async (back) => {
    const { world, visitor } = await burning()
    const page = (await visitor.get(back)).text
    const { answer } = await visitor.press(page, INCIDENT, { do: 'acknowledge' })
    const taken = await shownAfter(visitor, answer)
    expect(world.incident('pay', 'web').status).toBe('acknowledged')
    expect(taken).toMatch(/You have it.*value="give-back">Undo/s)

    const undone = await visitor.press(taken, INCIDENT, { do: 'give-back' })
    expect(undone.status).toBe(303)
    expect(world.incident('pay', 'web').status).toBe('open')
    expect(await shownAfter(visitor, undone.answer)).not.toContain('>Undo<')
  })

  it('is not offered to be taken back when it does not stand any more, nor for what was made up in the address', async () => {
    const { visitor } = await burning()
    for (const query of ['done=acknowledged&of=1001', 'done=silenced&of=1001', 'done=constructor&of=1001', 'of=1001'])
      expect((await visitor.get(`${INCIDENT}?${query}`)).text).not.toContain('>Undo<')
  })

  it('of a silence ends it', async () => {
    const { world, visitor } = await burning()
    const { answer } = await visitor.press((await visitor.get(INCIDENT)).text, INCIDENT, { do: 'silence' })
    await world.settle()
    const silenced = await shownAfter(visitor, answer)
    expect(silenced).toMatch(/Silenced for an hour.*value="end-silence">Undo/s)
    await visitor.press(silenced, INCIDENT, { do: 'end-silence' })
    await world.settle()

    expect(world.incident('pay', 'web').escalation.phase).not.toBe('paused')
  })
})

describe('several that are taken at once', () => {
  it('say how many were, where somebody has one of them already', async () => {
    const { world, visitor } = await burning()
    for (const name of ['db', 'api']) await world.alert('trigger', { dedupKey: name, title: name })
    await world.settle()
    const { text } = await visitor.get(INCIDENT)
    const other = new Visitor(world)
    other.cookies.set('__Host-fenghuo-me', 'wang')
    await other.press((await other.get('/incidents/1002')).text, '/incidents/1002', { do: 'acknowledge' })
    const numbers = new URLSearchParams(
      [...text.matchAll(/name="all" value="(\d+)"/g)].map(([, number = '']): [string, string] => ['all', number]),
    )
    const { answer } = await visitor.post(INCIDENT, { do: 'take-all', ...fields(text) }, {}, numbers)

    expect(answer.status).toBe(303)
    expect(await shownAfter(visitor, answer)).toContain('You took 2 of 3')
    expect(['web', 'db', 'api'].map((key) => world.incident('pay', key).acknowledged?.by?.name)).toEqual([
      '林悦',
      '王磊',
      '林悦',
    ])
    const audit = (await readAudit(world.now, 10, world.io())).map(({ path, action, who, status }) => [
      path,
      action,
      who,
      status,
    ])
    expect(audit.filter(([, action]) => action === 'take-all').toSorted()).toEqual([
      ['/incidents/1001', 'take-all', 'lin', 303],
      ['/incidents/1002', 'take-all', 'lin', 409],
      ['/incidents/1003', 'take-all', 'lin', 200],
    ])
  })

  it('each stand in the audit before they are taken: of one whose taker died it is known that it had begun', async () => {
    const { world, visitor } = await burning()
    await world.alert('trigger', { dedupKey: 'db', title: 'db' })
    await world.settle()
    const { text } = await visitor.get(INCIDENT)
    const putIfVersion = world.incidents.putIfVersion.bind(world.incidents)
    world.incidents.putIfVersion = async (row, ...rest) =>
      row.pk.endsWith('#db') ? Promise.reject(new Error('died')) : putIfVersion(row, ...rest)
    await visitor.post(INCIDENT, { do: 'take-all', ...fields(text) }, {}, new URLSearchParams({ all: '1002' }))

    const entries = await readAudit(world.now, 10, world.io())
    expect(entries.find(({ path }) => path === '/incidents/1002')).toMatchObject({ action: 'take-all', who: 'lin' })
    expect(entries.find(({ path }) => path === '/incidents/1002')).not.toHaveProperty('status')
    expect(entries.find(({ path }) => path === INCIDENT)).toMatchObject({ status: 303 })
  })
})

describe('a storm', () => {
  it('leaves in sight what happened to the one that somebody looks at, and is taken by one press all the same', async () => {
    const { world, visitor } = await burning()
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
      await world.alert('trigger', { dedupKey: name, title: name })
    await world.settle()
    const { text } = await visitor.get(INCIDENT)
    const card = text.slice(text.indexOf('id="together"'), text.indexOf('id="timeline"'))

    expect(card.match(/<a href="\/incidents\/\d+"/g)).toHaveLength(5)
    expect(card).toContain('<a href="/">2 more are among what burns now</a>')
    expect(card).toContain('Take all 8')
    expect(text.match(/name="all"/g)).toHaveLength(8)
  })

  it('that is small is shown whole', async () => {
    const { world, visitor } = await burning()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await world.alert('trigger', { dedupKey: name, title: name })
    await world.settle()
    expect((await visitor.get(INCIDENT)).text).not.toContain('among what burns now')
  })
})

it('an incident that is over says once how long it lasted', async () => {
  const { world, visitor } = await burning()
  world.now += 120_000
  expect((await visitor.get(INCIDENT)).text.match(/2 min/g)).toHaveLength(1)
  await world.alert('resolve')
  await world.settle()
  const { text } = await visitor.get(INCIDENT)
  expect(text).toMatch(/Began <time/)
  expect(text.match(/2 min/g)).toHaveLength(1)
})

describe('an incident', () => {
  it('shows the other times that it was there', async () => {
    const { world, visitor } = await burning()
    world.now += 60_000
    await world.alert('resolve')
    await world.settle()
    world.now += 60_000
    await world.alert('trigger', { title: '收银台' })
    await world.settle()

    expect((await visitor.get('/incidents/1002')).text).toMatch(/Other times.*href="\/incidents\/1001".*#1001/s)
    expect((await visitor.get(INCIDENT)).text).toMatch(/Other times.*href="\/incidents\/1002"/s)
  })

  it('folds what its sender says at length, above who is being called, and has all of it without a script', async () => {
    const { world, visitor } = await burning()
    await world.alert('trigger', { dedupKey: 'long', title: '账单', summary: '长'.repeat(1_000) })
    await world.settle()

    const { text } = await visitor.get('/incidents/1002')
    expect(text).toMatch(
      /<details class="summary" id="summary"><summary dir="auto">长{199}…<\/summary><p dir="auto">长{1000}<\/p>/,
    )
    expect((await visitor.get(INCIDENT)).text).not.toContain('id="summary"')
  })

  it('is a file of Markdown, or JSON, in which nothing that a sender writes is HTML', async () => {
    const { world, visitor } = await burning()
    await world.alert('trigger', { dedupKey: 'evil', title: '<script>x</script>', summary: '| <b>' })
    await world.settle()
    const markdown = await visitor.get('/incidents/1002/post-mortem.md')
    expect(markdown.answer.headers.get('content-disposition')).toBe('attachment; filename="incident-1002.md"')
    expect(markdown.text).toMatch(/^# #1002 支付/)
    expect(markdown.text).toMatch(/## Timeline.*## Who was told what.*## Impact/s)
    const json = JSON.parse((await visitor.get(`${INCIDENT}/post-mortem.json`)).text) as Record<string, unknown>
    expect(json).toMatchObject({ number: 1001, milestones: {}, series: [] })
    expect((await visitor.get('/incidents/999/post-mortem.md')).status).toBe(404)
    expect((await visitor.get(`${INCIDENT}/post-mortem.exe`)).status).toBe(404)
  })
})

it('while the people’s table does not answer, pages show them as they were', async () => {
  const { world, visitor } = await burning()
  await visitor.get(INCIDENT)
  const known = world.directory
  Object.defineProperty(world, 'directory', {
    get() {
      throw new Error('no answer')
    },
  })
  const { status, text } = await visitor.get(INCIDENT)
  Object.defineProperty(world, 'directory', { value: known })

  expect(status).toBe(200)
  expect(text).toContain('林悦: I take it')
})

it('metrics are told without the queues that nobody can ask', async () => {
  const { world } = await burning()
  const visitor = new Visitor(world, {
    queues: async () => {
      throw new Error('no answer')
    },
  })
  const { status, text } = await visitor.get('/metrics')

  expect(status).toBe(200)
  expect(text).toContain('fenghuo_incidents_open')
  expect(text).not.toContain('fenghuo_queue_messages{')
})

it('a zone that is none is remembered once, and not set anew at each renewal', async () => {
  const { visitor } = await burning()
  const first = await visitor.get(INCIDENT, { 'time-zone': 'Middle/Earth' })
  expect(first.answer.headers.getSetCookie().join()).toContain('fenghuo-zone')
  const again = await visitor.get(INCIDENT, { 'time-zone': 'Middle/Earth' })
  expect(again.answer.headers.getSetCookie()).toEqual([])
})

function fields(page: string): Record<string, string> {
  const form = page.split('<form').find((one) => one.includes('take-all')) ?? ''
  return Object.fromEntries(
    ['t', 'seen', 'back'].map((name) => [name, new RegExp(`name="${name}" value="([^"]*)"`).exec(form)?.[1] ?? '']),
  )
}

it('a calm page tells by what people were last told, and who was heard of', async () => {
  const { world, visitor } = await burning()
  expect((await visitor.get('/')).text).not.toContain('What proved to work last')
  world.now += 60_000
  await world.alert('resolve')
  await world.settle()
  await seenRecorder()({ format: 'grafana', project: 'pay', alerts: 1 }, world.io())
  world.now += 60_000
  const { text } = await visitor.get('/')

  expect(text).toMatch(/No open incidents.*What proved to work last.*People were told by .*grafana was heard for pay/s)
})
