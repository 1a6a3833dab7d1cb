import type { Hold } from '../../shared/contracts/alert.ts'
import type { Severity } from '../../shared/contracts/words.ts'
import { takeAlert } from '../../shared/engine/alerts/take-alert.ts'
import { dispatchToIncident } from '../../shared/engine/dispatch.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { Plan } from '../../shared/oncall/plan.ts'
import type { TestStack } from './stack.ts'
import { startOfTest } from './terminal.ts'

/** 林悦 is told by text, and the group by its robot. */
const plan: Plan = {
  layers: [
    {
      targets: [{ contact: 'lin', name: '林悦', language: 'zh', channels: ['sms'], fallback: [] }],
      calls: 2,
      ackTimeoutMs: 300_000,
      notes: [{ code: 'without-phone', args: { contact: '陈涛' } }],
    },
  ],
  rounds: 1,
  repeatEveryMs: 1_800_000,
  acknowledgeOn: 'key',
  chat: ['wecom'],
  pages: true,
  at: startOfTest,
}

let key = 0

/** An incident whose first layer is under way, and everybody in it told. */
export async function page(
  stack: TestStack,
  facts: {
    project?: string
    class?: string
    component?: string
    key?: string
    at?: number
    severity?: Severity
    flapping?: Hold
    /** Of the policy: all like the first one. */
    layers?: number
    /** Its severity has no channels. */
    silent?: true
  } = {},
): Promise<Incident> {
  const { project = 'pay', at = startOfTest, severity = 'critical', layers = 1 } = facts
  const of = { project, groupKey: facts.key ?? `checkout-${++key}` }
  const alert = {
    action: 'trigger',
    dedupKey: of.groupKey,
    project,
    summary: 'checkout fails',
    source: 'grafana',
    severity,
    title: '收银台',
    takenAt: at,
    ...(facts.flapping && { flapping: facts.flapping }),
    ...(facts.class && { class: facts.class }),
    ...(facts.component && { component: facts.component }),
  } as const
  const opened = (await takeAlert(alert, '支付', stack.handed)).state
  if (!opened) throw new Error('nothing was opened')
  const told = facts.silent ? { layers: [], chat: [], pages: false } : { layers: Array(layers).fill(plan.layers[0]) }
  const event = { type: 'step', plan: { ...plan, ...told } } as const
  const { state } = await dispatchToIncident(of, { event }, stack.handed)
  if (!state) throw new Error('nothing was paged')
  await stack.drain('escalation')
  return state
}
