import type { Incident, IncidentEvent } from '../shared/incidents/incident.ts'
import { incidentMachine } from '../shared/incidents/machine.ts'
import type { Plan, PlannedTarget } from '../shared/oncall/plan.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { ownCpuMs } from './process-usage.ts'

const LIVES = 20_000
const START = 1_800_000_000_000

const target = (contact: string): PlannedTarget => ({
  contact,
  name: contact,
  language: 'en',
  channels: ['phone'],
  fallback: ['sms'],
  phoneHash: `person-${contact}`,
})
const layer = (contact: string) => ({ targets: [target(contact)], calls: 1, ackTimeoutMs: 300_000, notes: [] })
const plan: Plan = {
  layers: [layer('lin'), layer('wang')],
  rounds: 2,
  repeatEveryMs: 1_800_000,
  acknowledgeOn: 'key',
  chat: ['ops'],
  pages: true,
  at: START,
}

/** The decisions of whole lives of incidents: opened, two layers called, taken, over. */
export const transitions: Benchmark = {
  name: 'transitions',
  summary: `${LIVES} lives of incidents, decided without tables or queues, in CPU time; 10 µs each are 100,000 a second`,
  goals: { transitionUs: 10 },
  async measure(runs) {
    const measured: Run[] = []
    for (let run = 0; run < runs; run++) {
      const began = ownCpuMs()
      let decided = 0
      for (let life = 0; life < LIVES; life++) decided += live(life)
      const ms = ownCpuMs() - began
      measured.push({ figures: { transitionUs: (ms * 1_000) / decided }, ratios: {} })
    }
    return measured
  },
}

/** Lives one incident through, and gives how many decisions that took. */
function live(life: number): number {
  let state: Incident | undefined
  let now = START
  let decided = 0
  const take = (event: IncidentEvent) => {
    now += 1_000
    decided += 1
    state = incidentMachine.transition(state, event, now).state
  }
  const alert = (action: 'trigger' | 'resolve') => ({
    action,
    dedupKey: `k${life}`,
    project: 'pay',
    summary: 'checkout fails',
    source: 'prometheus',
    severity: 'critical' as const,
    takenAt: now,
  })
  const call = (contact: string, outcome: 'ringing' | 'unanswered' | 'listening'): IncidentEvent => ({
    type: 'call',
    generation: 1,
    phoneHash: `person-${contact}`,
    step: state?.escalation.attempts.at(-1)?.step ?? 0,
    outcome,
  })
  take({ type: 'alert', alert: alert('trigger'), projectTitle: 'pay', number: life })
  take({ type: 'step', plan })
  take(call('lin', 'ringing'))
  take(call('lin', 'unanswered'))
  take({ type: 'step', plan })
  take(call('wang', 'ringing'))
  take(call('wang', 'listening'))
  take({ type: 'acknowledge', generation: 1, via: 'phone', phoneHash: 'person-wang', key: '1' })
  take({ type: 'alert', alert: alert('resolve'), projectTitle: 'pay' })
  if (state?.status !== 'resolved' || state.acknowledged?.by?.contact !== 'wang') throw new Error('a life went wrong')
  return decided
}
