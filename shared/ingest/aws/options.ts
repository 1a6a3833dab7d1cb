import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import { severities } from '../../contracts/words.ts'
import type { Outcome } from './outcomes.ts'
import { pattern } from './pattern-schema.ts'
import { names } from './sources.ts'

/** Which events of the account and region come to a project: names of ours, and patterns for everything else. */
const events = z
  .array(
    z.union(
      [z.enum(names), pattern],
      wrong('no-events', {
        en: `should be one of ${names.join(', ')}, or a pattern of EventBridge`,
        zh: `应为 ${names.join('、')} 之一，或 EventBridge 模式`,
      }),
    ),
  )
  .min(1)
  .max(20)

export const outcomeNames: readonly Outcome[] = [...severities, 'notice', 'over', 'nothing']

/** What becomes of what events and alarms tell, however they come. */
export const outcomeOptions = {
  outcomes: z
    .record(z.string(), z.record(z.string(), z.enum(outcomeNames)))
    .exactOptional()
    .meta({
      description: 'Service → state → a severity, `notice` (told to the chat once), `over`, or `nothing`.',
      zh: '服务 → 状态 → 严重程度、`notice`（群内通知一次）、`over`（结束）或 `nothing`（忽略）。',
      examples: [{ ec2: { stopped: 'critical', running: 'over', terminated: 'nothing' } }],
    }),
  clusterKey: z.enum(['id', 'name']).exactOptional().meta({
    description: 'Of EMR clusters; `name`: the next good run of a cluster of the same name closes a failed one.',
    zh: 'EMR 集群；`name`：同名集群的下一次正常运行关闭失败的那一个。',
    default: 'id',
  }),
}

/** What a project's configuration says under `inbound.aws`. */
export const options = z.strictObject({
  events: events.exactOptional().meta({
    description:
      'Which events of the deployment’s own account and region come to this project: names, and patterns of EventBridge.',
    zh: '本部署所在账号与地域的哪些事件归本项目：名称，或 EventBridge 模式。',
    examples: [['emr', 'ec2', { source: ['aws.glue'], 'detail-type': ['Glue Job State Change'] }]],
  }),
  ...outcomeOptions,
})
