import { beforeEach, describe, expect, it } from 'vitest'
import { KEY, request, sample, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const reboot = sample('tencent-monitor-callback-event') as object
const send = (body: unknown) => way.take(request(`/tencent/${KEY}`, body))

describe('an event of Tencent Cloud', () => {
  it.each<[string, object | undefined, object[]]>([
    ['that nothing ends is told once', undefined, [{ once: true, severity: 'critical' }]],
    ['may page', { outcomes: { guest_reboot: 'error' } }, [{ severity: 'error' }]],
    ['may be nothing', { outcomes: { guest_reboot: 'nothing' } }, []],
  ])('%s', async (_, options, expected) => {
    if (options) way.options.tencent = options
    expect((await send(reboot)).status).toBe(200)
    expect(way.alerts).toMatchObject(expected)
    expect(way.alerts).toHaveLength(expected.length)
  })

  it('that is told once is told of each time that it was', async () => {
    for (const firstOccurTime of ['2026-11-28 07:00:00', '2026-11-28 07:00:00', '2026-11-28 08:00:00'])
      await send({ ...reboot, firstOccurTime })
    expect(new Set((way.alerts as { dedupKey: string }[]).map(({ dedupKey }) => dedupKey)).size).toBe(2)
  })
})
