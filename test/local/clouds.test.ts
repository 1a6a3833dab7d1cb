import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type CloudName, clouds } from '../../local/clouds.ts'
import { startClock } from '../../local/timers.ts'
import { parseSchedule, type ScheduleEvent } from '../../plugins/provider/schedule.ts'

/** Saturday, 11:04:05 in Beijing. */
const START = Date.parse('2026-11-21T03:04:05.678Z')
const MINUTE = 60_000
const DAY = 1440 * MINUTE

function timing(cloud: CloudName, event: ScheduleEvent) {
  const [schedule] = parseSchedule(event)
  return schedule ? clouds[cloud].timing(schedule, START) : expect.unreachable()
}

/** When a timer fires first, and then. */
function times(cloud: CloudName, event: ScheduleEvent, within: number): string[] {
  const when = timing(cloud, event)
  if ('everyMs' in when) return [`every ${when.everyMs}`]
  const found: string[] = []
  for (let after = START; found.length < 3; ) {
    const at = when.next(after, START + within)
    if (at === undefined) break
    found.push(new Date(at).toISOString())
    after = at
  }
  return found
}

describe('timers', () => {
  it.each<{ cloud: CloudName; event: ScheduleEvent; within: number; fires: string[]; reason: string }>([
    {
      cloud: 'aws',
      event: 'rate(5 minutes)',
      within: DAY,
      fires: ['every 300000'],
      reason: 'EventBridge counts from when a rule is made',
    },
    {
      cloud: 'tencent',
      event: 'rate(1 minute)',
      within: 10 * MINUTE,
      fires: ['2026-11-21T03:05:00.000Z', '2026-11-21T03:06:00.000Z', '2026-11-21T03:07:00.000Z'],
      reason: 'SCF has cron alone: at each whole minute',
    },
    {
      cloud: 'tencent',
      event: { rate: 'cron(30 11 ? * SAT *)', timezone: 'Asia/Shanghai' },
      within: DAY,
      fires: ['2026-11-21T03:30:00.000Z'],
      reason: "SCF's clock is Beijing's",
    },
    {
      cloud: 'tencent',
      event: 'rate(1 hour)',
      within: 10 * MINUTE,
      fires: [],
      reason: 'nothing is due within ten minutes',
    },
    {
      cloud: 'aliyun',
      event: 'rate(1 minute)',
      within: 10 * MINUTE,
      fires: ['2026-11-21T03:05:05.678Z', '2026-11-21T03:06:05.678Z', '2026-11-21T03:07:05.678Z'],
      reason: 'FC counts @every from when a trigger is made',
    },
    {
      cloud: 'aliyun',
      event: { rate: 'cron(30 11 ? * SAT *)', timezone: 'Asia/Shanghai' },
      within: DAY,
      fires: ['2026-11-21T03:30:00.000Z'],
      reason: 'FC reads CRON_TZ',
    },
    {
      cloud: 'aliyun',
      event: 'rate(1 hour)',
      within: 10 * MINUTE,
      fires: [],
      reason: 'nothing is due within ten minutes',
    },
  ])('of $cloud: $reason', ({ cloud, event, within, fires }) => {
    expect(times(cloud, event, within)).toEqual(fires)
  })
})

describe('what a timer hands to the function', () => {
  const context = { awsRequestId: 'a-run', functionName: 'x-uptime', getRemainingTimeInMillis: () => 60_000 }

  /** What a handler of this cloud is called with when its timer fires. */
  async function called(cloud: CloudName, input?: string) {
    const { event, adapted } = clouds[cloud]
    const handler = vi.fn(async () => 'done')
    const at = { at: START, region: 'ap-southeast-1', function: 'x-uptime', timer: 'schedule-1' }
    const firing = { ...at, ...(input === undefined ? {} : { input }) }
    expect(await adapted(handler as never)(event(firing), context)).toBe('done')
    return handler.mock.calls[0] as unknown as [unknown, unknown]
  }

  it('of AWS: EventBridge’s scheduled event, or what the schedule says in its place', async () => {
    const [event, told] = await called('aws')
    expect(event).toMatchObject({
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      time: '2026-11-21T03:04:05Z',
      region: 'ap-southeast-1',
      resources: ['arn:aws:events:ap-southeast-1:000000000000:rule/x-uptime'],
    })
    expect(told).toBe(context)
    expect((await called('aws', '{"all":true}'))[0]).toEqual({ all: true })
  })

  it('of Tencent Cloud: an object, and SCF’s context', async () => {
    expect(await called('tencent', '{"all":true}')).toEqual([
      { Type: 'Timer', TriggerName: 'schedule-1', Time: '2026-11-21T03:04:05Z', Message: '{"all":true}' },
      { request_id: 'a-run', time_limit_in_ms: 60_000, function_name: 'x-uptime', function_version: 'local' },
    ])
    expect((await called('tencent'))[0]).toMatchObject({ Message: '' })
  })

  it('of Alibaba Cloud: bytes of JSON, and FC’s context', async () => {
    const [event, told] = await called('aliyun')
    expect(event).toBeInstanceOf(Buffer)
    expect(JSON.parse(String(event))).toEqual({
      triggerTime: '2026-11-21T03:04:05Z',
      triggerName: 'schedule-1',
      payload: '',
    })
    expect(told).toEqual({
      requestId: 'a-run',
      function: { name: 'x-uptime', timeout: 60 },
      service: { versionId: 'local' },
    })
  })
})

describe('a clock', () => {
  beforeEach(() => void vi.useFakeTimers({ now: START }))
  afterEach(() => void vi.useRealTimers())

  it('runs at its times, each once, a failed run notwithstanding, and not when it is stopped', async () => {
    const ran: number[] = []
    const clock = startClock(next('rate(1 minute)'), Date.now, async (at) => {
      ran.push(at)
      throw new Error('failed')
    })
    await vi.advanceTimersByTimeAsync(3 * MINUTE)
    await clock.stop()
    await vi.advanceTimersByTimeAsync(3 * MINUTE)
    expect(ran.map((at) => new Date(at).toISOString())).toEqual([
      '2026-11-21T03:05:00.000Z',
      '2026-11-21T03:06:00.000Z',
      '2026-11-21T03:07:00.000Z',
    ])
  })

  it('lets a time go that comes while it runs', async () => {
    const ran: string[] = []
    const clock = startClock(next('rate(1 minute)'), Date.now, async (at) => {
      ran.push(new Date(at).toISOString().slice(11, 16))
      if (ran.length === 1) await new Promise((done) => setTimeout(done, 90_000))
    })
    await vi.advanceTimersByTimeAsync(4 * MINUTE)
    await clock.stop()
    expect(ran).toEqual(['03:05', '03:07', '03:08'])
  })

  it('waits longer than it looks ahead for a time that is far', async () => {
    const ran: number[] = []
    const clock = startClock(next('rate(1 day)'), Date.now, async (at) => ran.push(at))
    await vi.advanceTimersByTimeAsync(DAY)
    await clock.stop()
    expect(ran).toEqual([Date.parse('2026-11-21T16:00:00Z')])
  })

  function next(rate: string) {
    const when = timing('tencent', rate)
    return 'next' in when ? when.next : expect.unreachable()
  }
})
