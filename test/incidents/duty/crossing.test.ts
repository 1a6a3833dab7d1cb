import { describe, expect, it } from 'vitest'
import type { Place } from '../../../shared/incidents/duty/duty.ts'
import type { Incident, IncidentEvent } from '../../../shared/incidents/incident.ts'
import { plan } from '../story.ts'
import { opened as openedAt, take } from './lives.ts'

const [a, b] = ['ap-southeast-1', 'ap-northeast-1'] as const
const place = (own: string, first?: string): Place => ({ own, order: [a, b], guardMs: 60_000, ...(first && { first }) })

const opened = (place: Place): Incident => openedAt(place, '02:15')

/** One region's question, or its word, at the other. */
const asked = (incident: Incident, of: Incident, place: Place): Incident =>
  take(incident, { type: 'news', from: of.duty?.own ?? '', incident: of, place }, '02:16')

describe('what somebody had taken for a time is over by one clock and not by the other, and each region guards for the other:', () => {
  const [atA, atB] = [opened(place(a, b)), opened(place(b))]

  it('both ask at once, and the first in order pages, alone', () => {
    expect([atA.duty?.pages, atB.duty?.pages]).toEqual([b, a])
    expect(asked(atA, atB, place(a)).duty?.pages).toBe(a)
    expect(asked(atB, atA, place(b)).duty?.pages).toBe(a)
  })

  it('what is handed back is taken whoever stands first', () => {
    const well = { isWell: true, wellForMs: 600_000 }
    const begun = take(opened(place(a)), { type: 'step', plan: plan(), place: place(a), answers: [] }, '02:15')
    const step: IncidentEvent = { type: 'step', plan: plan(), place: place(a, b), answers: [{ from: b, ...well }] }
    const followed = asked(atB, begun, place(b))
    const handed = take(begun, step, '02:20')
    expect([followed.duty?.pages, handed.duty?.pages]).toEqual([a, b])
    expect(asked(followed, handed, place(b)).duty?.pages).toBe(b)
  })
})
