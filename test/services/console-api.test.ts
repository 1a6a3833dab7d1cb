import { describe, expect, it } from 'vitest'
import { openapi } from '../../services/console/api/openapi.data.ts'
import { acted, checkList, failure, incidentList, incidentWhole } from '../../services/console/api/schemas.ts'
import { metricsText } from '../../services/console/metrics.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const ACTIONS = '/api/v1/incidents/1001/actions'

async function burning(count = 1): Promise<{ world: PathWorld; program: Visitor }> {
  const world = new PathWorld()
  for (let index = 0; index < count; index++) {
    world.now += 1_000
    await world.alert('trigger', index === 0 ? { title: '收银台' } : { dedupKey: `k${index}` })
  }
  await world.settle()
  return { world, program: new Visitor(world) }
}

const bodyOf = ({ text }: { text: string }) => JSON.parse(text) as unknown

describe('/api/v1', () => {
  it('gives an incident with its timeline, as its schema says', async () => {
    const { program } = await burning()
    const answer = await program.get('/api/v1/incidents/1001')
    const incident = incidentWhole.parse(bodyOf(answer))

    expect(incident).toMatchObject({ number: 1001, id: 'pay#1#web', status: 'open', severity: 'critical' })
    expect(incident.standing.zh).toContain('林悦 电话')
    expect(incident.timeline[0]).toMatchObject({ kind: 'opened', text: { en: expect.stringContaining('CRITICAL') } })
    expect(JSON.stringify(incident)).not.toMatch(/\+86|phoneHash/)
  })

  it('pages through a list, and what comes meanwhile moves nothing', async () => {
    const { world, program } = await burning(5)
    const first = incidentList.parse(bodyOf(await program.get('/api/v1/incidents?limit=2')))
    expect(first.incidents.map(({ number }) => number)).toEqual([1005, 1004])
    world.now += 1_000
    await world.alert('trigger', { dedupKey: 'late' })

    const second = incidentList.parse(bodyOf(await program.get(`/api/v1/incidents?limit=2&cursor=${first.next}`)))
    expect(second.incidents.map(({ number }) => number)).toEqual([1003, 1002])
    const last = incidentList.parse(bodyOf(await program.get(`/api/v1/incidents?limit=2&cursor=${second.next}`)))
    expect(last).toMatchObject({ incidents: [{ number: 1001 }] })
    expect(last.next).toBeUndefined()
  })

  it('pages through all that there are, those of one moment too', async () => {
    const world = new PathWorld()
    Object.assign(world.config.projects.pay ?? {}, { stormLimit: 1_000 })
    for (let index = 0; index < 130; index++) await world.alert('trigger', { dedupKey: `k${index}` })
    for (let index = 130; index < 140; index++) {
      world.now += 1
      await world.alert('trigger', { dedupKey: `k${index}` })
    }
    const program = new Visitor(world)
    const numbers: number[] = []
    for (let query = '?limit=7'; query !== ''; ) {
      const { incidents, next } = incidentList.parse(bodyOf(await program.get(`/api/v1/incidents${query}`)))
      numbers.push(...incidents.map(({ number }) => number))
      query = next === undefined ? '' : `?limit=7&cursor=${next}`
    }
    expect(numbers).toEqual(Array.from({ length: 140 }, (_, index) => 1140 - index))
  })

  it.each([
    '?status=burning',
    '?limit=0',
    '?limit=101',
    '?limit=x',
    '?cursor=../..',
  ])('refuses %s and says why', async (query) => {
    const answer = await new Visitor(new PathWorld()).get(`/api/v1/incidents${query}`)

    expect(answer.status).toBe(400)
    const { code, message } = failure.parse(bodyOf(answer)).error
    expect(code).toMatch(/^bad-/)
    expect(message.en).toMatch(/^(status|limit|cursor): (has to be|at (least|most)) /)
    expect(message.zh).toMatch(/^(status|limit|cursor): (应为|至[少多])/)
  })

  it('acts in the name of a contact, and tells the second who was first', async () => {
    const { world, program } = await burning()
    const done = await program.json(ACTIONS, { do: 'acknowledge', as: 'lin' })
    expect(done.status).toBe(200)
    expect(acted.parse(bodyOf(done)).incident.acknowledged).toMatchObject({ by: { name: '林悦' }, via: 'api' })

    const late = await program.json(ACTIONS, { do: 'acknowledge', as: 'wang' })
    expect(late.status).toBe(409)
    expect(acted.parse(bodyOf(late))).toMatchObject({
      result: 'late',
      incident: { acknowledged: { by: { name: '林悦' } } },
    })
    expect(world.incident()?.acknowledged?.by?.contact).toBe('lin')
  })

  it('does nothing that was meant for another state', async () => {
    const { world, program } = await burning()
    const { seen } = incidentWhole.parse(bodyOf(await program.get('/api/v1/incidents/1001')))
    await program.json(ACTIONS, { do: 'acknowledge', as: 'lin' })
    const stale = await program.json(ACTIONS, { do: 'resolve', as: 'wang', seen })

    expect(acted.parse(bodyOf(stale)).result).toBe('changed')
    expect(world.incident()?.status).toBe('acknowledged')
  })

  it.each([
    ['no body', undefined],
    ['nobody known', { do: 'acknowledge', as: 'nobody' }],
    ['an act that is none', { do: 'explode', as: 'lin' }],
    ['a key that is none', { do: 'acknowledge', as: 'lin', force: true }],
    ['a snooze without an end', { do: 'snooze', as: 'lin', ms: 1e12 }],
    ['an empty note', { do: 'note', as: 'lin', text: ' \n' }],
    ['nobody to hand over to', { do: 'hand-over', as: 'lin', to: ['ghost'] }],
  ])('changes nothing for %s, and names the field', async (_, body) => {
    const { world, program } = await burning()
    const before = structuredClone(world.incident())
    const answer = await program.json(ACTIONS, body)

    expect(answer.status).toBe(400)
    const { en, zh } = failure.parse(bodyOf(answer)).error.message
    expect(en).toMatch(/^(as|to|do|ms|text|body): (has|at|nobody)/)
    expect(zh).toMatch(/^(as|to|do|ms|text|body): .*[应至没有]/)
    expect(world.incident()).toEqual(before)
  })

  it('takes nothing from another site’s page', async () => {
    const { world, program } = await burning()
    const foreign = await program.json(ACTIONS, { do: 'acknowledge', as: 'lin' }, { 'sec-fetch-site': 'cross-site' })

    expect(foreign.status).toBe(403)
    expect(world.incident()?.status).toBe('open')
  })

  it('answers in JSON for what is not there, and describes itself', async () => {
    const program = new Visitor(new PathWorld())
    const missing = await program.get('/api/v1/incidents/9999')
    expect([missing.status, failure.parse(bodyOf(missing)).error.code]).toEqual([404, 'not-found'])
    expect(failure.parse(bodyOf(await program.get('/api/v1/nothing'))).error.code).toBe('not-found')

    const described = bodyOf(await program.get('/api/v1/openapi.json')) as typeof openapi
    expect(described).toEqual(structuredClone(openapi))
  })

  it('says in JSON that it cannot look', async () => {
    const world = new PathWorld()
    const io = () => {
      const real = world.io()
      return { ...real, incidents: { ...real.incidents, listed: () => Promise.reject(new Error('throttled')) } }
    }
    const answer = await new Visitor(world, { io }).get('/api/v1/incidents')

    expect([answer.status, failure.parse(bodyOf(answer)).error.code]).toEqual([503, 'unavailable'])
  })

  it('lists checks, those of which nothing is known yet as unknown', async () => {
    const { checks } = checkList.parse(bodyOf(await new Visitor(new PathWorld()).get('/api/v1/checks')))

    expect(checks.every(({ verdict }) => verdict === 'unknown')).toBe(true)
  })
})

describe('/metrics', () => {
  it('counts what burns, and who is being called', async () => {
    const { program } = await burning(2)
    const { answer, text } = await program.get('/metrics')

    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(text).toContain('fenghuo_incidents_open{project="pay",state="open",severity="critical"} 2\n')
    // One phone, one call: the second incident waits for the line.
    expect(text).toContain('fenghuo_pages{project="pay",channel="phone",status="ringing"} 1\n')
    expect(text).toContain('fenghuo_pages{project="pay",channel="phone",status="requested"} 1\n')
    expect(text).toContain('fenghuo_queue_messages{queue="events"} 3\n')
  })

  it('has no sample of what is unknown, and escapes what it is told', () => {
    const seen = [
      { vantage: 'aws/x"\\\n', outcome: 'degraded' as const, at: 5_000, latencyMs: 1_250 },
      { vantage: 'aws/y', outcome: 'unknown' as const, at: 5_000, latencyMs: 0 },
    ]
    const text = metricsText(
      {
        checks: [{ id: 'pay/web', project: 'pay', kind: 'http', verdict: 'unknown', seen }],
        vantages: [],
        open: [],
        words: { refused: 0, repeated: 0 },
        canaries: [],
      },
      {},
    )

    expect(text).not.toContain('fenghuo_check_up')
    expect(text).toContain('fenghuo_check_vantage_up{project="pay",check="web",vantage="aws/x\\"\\\\\\n"} 0.5\n')
    expect(text).toContain('fenghuo_check_latency_seconds{project="pay",check="web",vantage="aws/x\\"\\\\\\n"} 1.25\n')
    expect(text.match(/aws\/y/g)).toHaveLength(1)
  })
})
