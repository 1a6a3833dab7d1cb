import { describe, expect, it } from 'vitest'
import type { Place } from '../../../shared/incidents/duty/duty.ts'
import type { Incident, IncidentEvent } from '../../../shared/incidents/incident.ts'
import { at } from '../../messages/notices.ts'
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

describe('both page it, since each was out of the other’s sight for a while:', () => {
  const twice = { ...plan(), layers: plan().layers.map((layer) => ({ ...layer, calls: 2 })) }
  const alone = (own: string): IncidentEvent => ({ type: 'step', plan: twice, place: place(own), answers: [] })
  const [atA, atB] = [a, b].map((own) => take(opened(place(own)), alone(own), '02:16')) as [Incident, Incident]
  const unanswered = (incident: Incident) => {
    const { step } = incident
    const call = { type: 'call', generation: 1, phoneHash: 'person-lin', step, outcome: 'unanswered' } as const
    return take(incident, call, '02:17').escalation
  }

  it('whoever stands behind and hears of it calls nobody again, and the first in order does', () => {
    expect(unanswered(asked(atB, atA, place(b)))).toMatchObject({ phase: 'next', attempts: [] })
    expect(unanswered(asked(atA, atB, place(a)))).toMatchObject({
      phase: 'layer',
      attempts: [{ call: 1 }, { call: 2 }],
    })
  })

  it('while no canary comes through in either, whoever stands behind goes by what the first in order promises', () => {
    const answers = [{ from: a, isWell: false, wellForMs: 0, incident: atA }]
    const pages = (isWell: boolean, time: string) => {
      const step: IncidentEvent = { type: 'step', plan: twice, place: place(b), answers, isLate: !isWell, isWell }
      const late = { ...atB, escalation: { ...atB.escalation, deadlineAt: at(time) } }
      return take(late, step, time).duty?.pages
    }
    expect(pages(false, '02:20')).toBe(a)
    // Whoever is well knows that the other one does not work on what it takes; and what was promised for 02:21 is over then.
    expect([pages(true, '02:20'), pages(false, '02:22')]).toEqual([b, b])
  })
})

describe('what another region pages already when it has not begun here', () => {
  const begunAt = (time: string) =>
    take(openedAt(place(b), time), { type: 'step', plan: plan(), place: place(b), answers: [] }, time)

  it('is left to that', () => {
    expect(asked(opened(place(a)), begunAt('02:15:30'), place(a)).duty?.pages).toBe(b)
  })

  it('is none of that if it is a life before', () => {
    expect(asked(opened(place(a)), begunAt('02:13'), place(a)).duty?.pages).toBe(a)
  })
})
