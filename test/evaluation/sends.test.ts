import { expect, it } from 'vitest'
import type { Report, Sending } from '../../shared/contracts/report.ts'
import { deliveriesOf } from '../../shared/evaluation/deliveries.ts'
import { type VantageState, vantageMachine } from '../../shared/evaluation/vantage.ts'
import { at } from '../messages/notices.ts'

const [A, B] = ['ap-southeast-1', 'ap-northeast-1'] as const

/** What a region knows of a probe after its reports: when each was sent, and what it told of the sends before; `endedAt`: its run. */
function heard(vantage: string, ...reports: [sentAt: string, sends?: Sending[], endedAt?: string][]): VantageState {
  let state: VantageState | undefined
  for (const [sentAt, sends, endedAt = sentAt] of reports) {
    const run = { function: 'probe', run: sentAt, version: '1', startedAt: at(endedAt), finishedAt: at(endedAt) }
    const runner: Report['runner'] = { ...run, coldStart: false, ...(sends && { sends }) }
    const report: Report = { v: 1, kind: 'report', vantage, runner, observations: [] }
    const event = { type: 'report', report, sentAt: at(sentAt), staleAfterMs: () => 155_000 } as const
    state = vantageMachine.transition(state, event, at(sentAt)).state
  }
  return state ?? expect.unreachable()
}
const taken = (to: string): Sending => ({ to, isTaken: true })
const lost = (to: string, why?: string): Sending => ({ to, isTaken: false, ...(why !== undefined && { why }) })

it('who does not get a report is told of by the region that does, since when and why', () => {
  const guangzhou = heard(
    'tencent/ap-guangzhou',
    ['02:13'],
    ['02:14', [taken(A), taken(B)]],
    ['02:15', [taken(A), lost(B)]],
    ['02:16', [taken(A), lost(B, 'HTTP 503')]],
  )
  const singapore = heard('aws/ap-southeast-1', ['02:16', [taken(A), taken(B)]])
  expect(deliveriesOf([A, B], [guangzhou, singapore], at('02:17'))).toEqual([
    { region: A, taken: ['tencent/ap-guangzhou', 'aws/ap-southeast-1'], failing: [] },
    {
      region: B,
      taken: ['aws/ap-southeast-1'],
      failing: [{ vantage: 'tencent/ap-guangzhou', since: at('02:15'), why: 'HTTP 503' }],
    },
  ])
})

it('a report that was kept for long says nothing newer, and a function that has just begun changes nothing', () => {
  const known = heard('aws/x', ['02:14', [taken(A), lost(B)]], ['02:15', [taken(A), taken(B)]])
  const late = heard(
    'aws/x',
    ['02:14', [taken(A), lost(B)]],
    ['02:15', [taken(A), taken(B)]],
    ['02:16', [taken(A), lost(B)], '02:13'],
    ['02:17'],
  )
  expect(late.sends).toEqual(known.sends)
})

it('what the newest word in any region says counts, and nothing of a probe that is silent in all', () => {
  const there = heard('aws/x', ['02:10', [taken(A), taken(B)]])
  const here = heard('aws/x', ['02:10', [taken(A), taken(B)]], ['02:13', [taken(A), lost(B)]])
  const told = (time: string) => deliveriesOf([B], [there, here], at(time))
  expect(told('02:14')).toMatchObject([{ taken: [], failing: [{ vantage: 'aws/x' }] }])
  expect(told('02:17')).toEqual([{ region: B, taken: [], failing: [] }])
})
