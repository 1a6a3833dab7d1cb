import { describe, expect, it } from 'vitest'
import { channels } from '../../shared/channels/registered/channels.ts'
import { keepTryingMs } from '../../shared/delivery/rate-limit.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { PathWorld } from '../engine/world.ts'
import { at } from '../messages/notices.ts'

describe('how long a refused message is tried again', () => {
  it.each([
    { minutes: 15, lockOutMs: undefined, reason: 'a quarter of an hour by itself' },
    { minutes: 15, lockOutMs: 600_000, reason: 'that is longer than DingTalk locks out' },
    { minutes: 65, lockOutMs: 3_600_000, reason: 'a vendor that locks out for an hour is outlasted' },
  ])('$minutes min: $reason', ({ minutes, lockOutMs }) => {
    expect(keepTryingMs(lockOutMs === undefined ? {} : { lockOutMs })).toBe(minutes * 60_000)
  })

  it('outlasts the lock-out of every channel, and is waited for by what its codes say', () => {
    for (const { type, limits, errors } of Object.values(channels)) {
      const waits = Object.values(errors.codes).map(({ afterMs = 0 }) => afterMs)
      expect({ type, ok: Math.max(0, ...waits) < keepTryingMs(limits) }).toEqual({ type, ok: true })
      if (limits.lockOutMs !== undefined) expect(waits).toContain(limits.lockOutMs)
    }
  })

  it('of a vendor that locks out for an hour is an hour and more in the path, too', async () => {
    const world = new PathWorld()
    world.limits = { perMinute: 20, lockOutMs: 3_600_000 }
    const failure = { class: 'rate-limited', vendor: 'robot' } as const
    world.answers.push({ status: 'retry', afterMs: 3_600_000, failure })
    await world.alert('trigger', { severity: 'warning' })
    await world.until(at('03:12'))
    expect(world.texts).toEqual(['ops opened'])
    // A queue delays a quarter of an hour at most: watch brings what waits longer.
    await world.until(at('03:13:30'))
    await watch({ config: world.config, backlog: world.backlog, deadLetters: [] }, world.io())
    await world.until(at('03:13:40'))
    expect(world.texts).toEqual(['ops opened', 'ops opened'])
  })
})
