import * as z from 'zod'
import { plainAnswers } from '../answers.ts'
import type { Format } from '../format.ts'
import { isRecord } from '../plain.ts'
import { draftsOfEvent } from './event.ts'
import { outcomes } from './outcomes.ts'

/** An event of EventBridge, or an alarm that CloudWatch hands over itself. */
const event = z.looseObject(
  { source: z.string({ error: 'is missing: this is no event of EventBridge' }) },
  {
    error: 'should be an event of EventBridge',
  },
)
type Event = z.infer<typeof event>

const options = {
  schema: z.strictObject({
    outcomes: outcomes.exactOptional().meta({
      description: 'Service → state → a severity, `over`, or `nothing`.',
      zh: '服务 → 状态 → 严重程度、`over`（结束）或 `nothing`（忽略）。',
      examples: [{ ec2: { stopped: 'critical', terminated: 'nothing' } }],
    }),
  }),
  summary: {
    en: 'What becomes of the states that AWS reports: a severity, over, or nothing.',
    zh: 'AWS 所报的状态如何处理：严重程度、结束或忽略。',
  },
}

/** Events of AWS by an API destination of EventBridge. */
export const aws: Format<Event> = {
  format: 'aws',
  title: { en: 'AWS events (EventBridge)', zh: 'AWS 事件（EventBridge）' },
  routes: ['/aws/{key}', '/aws'],
  options,
  schema: event,
  matches: (body) => isRecord(body) && ('detail-type' in body || 'alarmData' in body) && 'source' in body,
  toAlerts: (body, context) => draftsOfEvent(body, context),
  // It tries again after 429 and 5xx, up to 185 times in 24 hours.
  answers: plainAnswers({ taken: 200, busy: 503 }),
  samples: [
    'cloudwatch-alarm-eventbridge',
    'emr-cluster-state-change-starting',
    'emr-cluster-state-change-terminated',
    'emr-cluster-state-change-terminated-with-errors.constructed',
    'emr-step-status-change-failed',
    'emr-instance-group-state-change-running',
    'emr-instance-fleet-state-change.unconfirmed',
    'emr-auto-scaling-policy-state-change-pending',
    'ec2-instance-state-change',
  ],
  setup: {
    en: `A rule of EventBridge with an API destination: \`POST {url}/aws/{key}\`, or \`{url}/aws\` with a connection whose API key is the
header \`X-Fenghuo-Key\`. EMR, EC2, Auto Scaling, ECS, RDS, AWS Health and CloudWatch alarms are told in words, and what opened is
closed by its other half (\`stopped\` by \`running\`, a step by \`COMPLETED\`); everything else is shown as it is. What becomes of a
state can be said in the project: \`inbound: { aws: { outcomes: { ec2: { stopped: critical } } } }\`.`,
    zh: `EventBridge 规则加 API destination：\`POST {url}/aws/{key}\`，或 \`{url}/aws\` 并把密钥放进连接的 API key 请求头
\`X-Fenghuo-Key\`。EMR、EC2、Auto Scaling、ECS、RDS、AWS Health 与 CloudWatch 告警会写成人话，成对的状态互相关闭
（\`stopped\` 由 \`running\` 关闭，步骤由 \`COMPLETED\` 关闭），其他事件原样显示。各状态如何处理可在项目里指定：
\`inbound: { aws: { outcomes: { ec2: { stopped: critical } } } }\`。`,
  },
  example: {
    body: {
      source: 'aws.ec2',
      'detail-type': 'EC2 Instance State-change Notification',
      account: '000000000000',
      region: 'us-east-1',
      detail: { 'instance-id': 'i-fenghuo-test', state: 'stopped' },
    },
    resolved: {
      source: 'aws.ec2',
      'detail-type': 'EC2 Instance State-change Notification',
      account: '000000000000',
      region: 'us-east-1',
      detail: { 'instance-id': 'i-fenghuo-test', state: 'running' },
    },
  },
}
