import { createHash } from 'node:crypto'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { isUsed } from '../../shared/contracts/queues.ts'
import { aws } from '../../shared/ingest/aws/format.ts'
import { type Events, eventsOf, patternsOf } from '../../shared/ingest/aws/sources.ts'
import { type FunctionDefinition, switchOn } from './functions.ts'

/** Where rules lead to (infrastructure/aws-events.yml), the queue of `ingest` behind it, and what EventBridge could not deliver. */
const TOPIC = 'AwsEventsTopic'
const QUEUE = 'AwsEventsQueue'
const DEAD_LETTERS = 'AwsEventsDlq'

/** EventBridge tries again for so long (EventBridge user guide, "Retrying event delivery": at most 24 hours, 185 times). */
const RETRY_POLICY = { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 }

/** The rules of EventBridge that bring what projects name under `inbound.aws.events`, each once. `prefix` begins their names. */
export function awsRules(config: CompiledConfig, prefix: string): Record<string, object> {
  const chosen = Object.values(config.projects).flatMap(({ inbound = {} }) => eventsOf(inbound[aws.format]) ?? [])
  const rules = chosen.map((one): [string, object] => {
    const name = nameOf(one)
    return [`AwsEventsRule${name.replace(/[^A-Za-z0-9]/g, '')}`, ruleOf(one, `${prefix}-aws-${name}`)]
  })
  return Object.fromEntries(rules)
}

/**
 * Lambda asks a queue some 650,000 times a month although nothing comes: that of AWS's events is left alone until a project hears of them, or
 * of mail. Then `watch` looks at it, too.
 */
export function pollIfHeard(
  { ingest, watch }: Record<string, FunctionDefinition | undefined>,
  config: Pick<CompiledConfig, 'projects'>,
  mailDomain: string | undefined,
): void {
  const isHeard = Boolean(mailDomain) || isUsed('awsEvents', config)
  if (!isHeard) return
  switchOn(ingest)
  if (watch === undefined) return
  const queues = { AWS_EVENTS_QUEUE_URL: QUEUE, AWS_EVENTS_DLQ_URL: DEAD_LETTERS }
  for (const [variable, Ref] of Object.entries(queues))
    watch.environment = { ...watch.environment, [variable]: { Ref } }
  const Resource = Object.values(queues).map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] }))
  const looking = { Effect: 'Allow', Action: 'sqs:GetQueueAttributes', Resource }
  watch.iamRoleStatements = [...(watch.iamRoleStatements ?? []), looking]
}

function ruleOf(chosen: Events[number], Name: string): object {
  const [EventPattern] = patternsOf([chosen])
  const target = { Id: 'topic', Arn: { Ref: TOPIC }, RetryPolicy: RETRY_POLICY }
  return {
    Type: 'AWS::Events::Rule',
    Properties: {
      Name,
      Description: 'What AWS reports, to the topic that Fenghuo listens to',
      EventPattern,
      State: 'ENABLED',
      Targets: [{ ...target, DeadLetterConfig: { Arn: { 'Fn::GetAtt': [DEAD_LETTERS, 'Arn'] } } }],
    },
  }
}

/** Our own name of it, or a pattern's digest: the same pattern is the same rule, whoever names it. */
function nameOf(chosen: Events[number]): string {
  if (typeof chosen === 'string') return chosen
  return createHash('sha256').update(JSON.stringify(chosen)).digest('hex').slice(0, 12)
}
