import { describe, expect, it } from 'vitest'
import { cast, onCall } from '../../cli/drill/cast.ts'
import { robots } from '../../cli/drill/files.ts'
import { rehearse } from '../../cli/drill/rehearse.ts'
import { score } from '../../cli/drill/score.ts'
import type { Stage, StageEvent } from '../../cli/drill/stage.ts'
import { drillStory } from '../../cli/words/drill-story.ts'
import { DOWN, goodEvents } from './drill-events.ts'

const START = DOWN - 1_000

/** A stage on a clock of its own where everything goes by `events`, each at its time; `wait` moves the clock. */
function scripted(events: StageEvent[]) {
  let now = START
  let tell: (event: StageEvent) => void = () => {}
  const left = [...events]
  const done: string[] = []
  const happen = () => {
    while (left[0] !== undefined && left[0].at <= now) tell(left.shift() as StageEvent)
  }
  const act = (what: string) => async () => void done.push(`${(now - START) / 1000} ${what}`)
  let probes = 0
  const stage: Stage = {
    listen: (listener) => {
      tell = listener
    },
    takeDown: act('down'),
    bringUp: act('up'),
    rage: async (action) => act(`storm ${action}`)(),
    probe: async () => {
      probes += 1
    },
    phone: async (call, action) => act(`${call} ${JSON.stringify(action)}`)(),
    deadLetters: async () => 0,
  }
  const told: StageEvent[] = []
  const io = {
    now: () => now,
    tell: (event: StageEvent) => void told.push(event),
    wait: async (ms: number) => {
      now += ms
      happen()
    },
  }
  return { stage, io, done, told, seconds: () => (now - START) / 1000, probes: () => probes }
}

describe('a rehearsal', () => {
  it('plays every part at its cue, probes each second, and watches for a while after the end', async () => {
    const { stage, io, done, told, seconds, probes } = scripted(goodEvents())
    const rehearsal = await rehearse(stage, { cast, onCall }, robots, drillStory.en, io)
    expect(done).toEqual([
      '0.5 down',
      '3.3 call-lin "no-answer"',
      '3.7 call-wang "answer"',
      '3.8 call-wang "hangup"',
      '6 call-chen "answer"',
      '6.1 call-chen "acknowledge"',
      '6.4 up',
      '10 storm trigger',
      '11 call-zhao "answer"',
      '11.1 call-zhao "acknowledge"',
      '11.7 storm resolve',
    ])
    expect(rehearsal).toEqual({ events: goodEvents(), deadLetters: 0 })
    expect(told).toEqual(goodEvents())
    expect(seconds()).toBe(14.6)
    expect(probes()).toBe(15)
  })

  it('stops at the first scene that does not come to its end within 20 s', async () => {
    const silent = goodEvents().filter((event) => event.type !== 'incident' || event.is !== 'acknowledged')
    const { stage, io, done, seconds } = scripted(silent)
    const rehearsal = await rehearse(stage, { cast, onCall }, robots, drillStory.en, io)
    expect(rehearsal.stuck).toBe('Chen Tao acknowledges')
    expect(done).not.toContain('6.4 up')
    expect(seconds()).toBeCloseTo(20.5)
  })

  it('notes what the stage could not do, and goes on', async () => {
    const { stage, io } = scripted(goodEvents())
    stage.probe = async () => {
      throw new Error('502 probe failed')
    }
    stage.phone = async (call) => {
      throw new Error(`409 ${call} does not ring`)
    }
    const { events, stuck } = await rehearse(stage, { cast, onCall }, robots, drillStory.en, io)
    const troubles = events.flatMap((event) =>
      event.type === 'trouble' && event.trouble.of === 'rehearsal' ? [event.trouble.reason] : [],
    )
    expect(stuck).toBeUndefined()
    expect(troubles.filter((text) => text === '502 probe failed')).toHaveLength(15)
    expect(troubles).toContain('409 call-lin does not ring')
  })

  it('sees what comes after its end', async () => {
    const late: StageEvent = { type: 'ring', at: DOWN + 13_000, call: 'late', phone: cast[0]?.phone ?? '' }
    const { stage, io } = scripted([...goodEvents(), late])
    const { events, deadLetters } = await rehearse(stage, { cast, onCall }, robots, drillStory.en, io)
    expect(score(events, { cast, onCall }, new Map(), deadLetters, drillStory.en).calls).toBe(5)
  })

  it('rejects when it is called off', async () => {
    const { stage, io } = scripted(goodEvents())
    io.wait = async () => {
      throw new Error('called off')
    }
    await expect(rehearse(stage, { cast, onCall }, robots, drillStory.en, io)).rejects.toThrow('called off')
  })
})
