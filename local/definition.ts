import { parseSchedule, type Schedule, type ScheduleEvent } from '../plugins/provider/schedule.ts'
import { BilingualError } from '../shared/contracts/bilingual-error.ts'
import { type CloudName, cloudNames, clouds } from './clouds.ts'
import { evaluate, type Resources } from './intrinsics.ts'
import type { Path, SourceFile } from './place.ts'
import { localAccount, type VariableSources, type Variables, variablesOf } from './variables.ts'

/** What `serverless.yml`, or another cloud's, deploys, as far as it can run on one machine. */
export interface Definition {
  functions: Record<string, FunctionDefinition>
  /** By logical id. */
  queues: Record<string, QueueDefinition>
  /** By logical id. */
  tables: Record<string, TableDefinition>
  /** Names of topics, by logical id. */
  topics: Record<string, string>
}

export interface FunctionDefinition {
  /** In its own file. */
  key: string
  /** On this machine: those of other clouds than AWS have their cloud's before it, such as `tencent-uptime`. */
  name: string
  cloud: CloudName
  /** The module, without its extension, and the export: `services/probe/aws`, `handler`. */
  module: string
  timeoutMs: number
  /** Those that are enabled. */
  schedules: NamedSchedule[]
  /** A probe runs the kinds of checks whose `runsIn` is this; absent: all kinds. */
  checks?: string
  sources: EventSource[]
  rules: EventPattern[]
  /** True: the function has a URL. */
  url: boolean
  environment(resources: Resources): Record<string, string>
}

export type NamedSchedule = Schedule & { name: string }

/** A queue that invokes a function. */
export interface EventSource {
  /** Logical id of the queue. */
  queue: string
  batchSize: number
  partialFailures: boolean
  /** How many batches the function works on at once, if that is limited. */
  maximumConcurrency?: number
}

/** An EventBridge rule's pattern, evaluated against where things are on this machine. */
export type EventPattern = (resources: Resources) => unknown

export interface QueueDefinition {
  name: string
  visibilitySeconds: number
  /** How long each message waits before anybody gets it; absent: not at all. */
  delaySeconds?: number
  retentionSeconds: number
  /** Where a message goes after so many receives; `to` is a logical id. */
  redrive?: { to: string; maxReceiveCount: number }
}

export interface TableDefinition {
  name: string
  /** As `CreateTable` takes them. */
  keys: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[]
  attributes: { AttributeName: string; AttributeType: 'S' | 'N' | 'B' }[]
  indexes: {
    IndexName: string
    KeySchema: { AttributeName: string; KeyType: 'HASH' | 'RANGE' }[]
    Projection: { ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE'; NonKeyAttributes?: string[] }
  }[]
}

/** Reads a definition. Throws `DefinitionError` naming file, line and keys of what can't run on this machine. */
export function readDefinition(source: SourceFile, sources: VariableSources): Definition {
  const variables = variablesOf(source, sources)
  const resources = resourcesOf(variables)
  const names = (value: unknown, path: Path) => evaluated(value, path, variables, nameless(sources.region))

  const queues: Record<string, QueueDefinition> = {}
  const tables: Record<string, TableDefinition> = {}
  const topics: Record<string, string> = {}
  for (const [id, path] of Object.entries(resources)) {
    const type = variables.read([...path, 'Type'])
    if (type === 'AWS::SQS::Queue') queues[id] = queueOf(id, path)
    if (type === 'AWS::DynamoDB::Table') tables[id] = tableOf(id, path)
    if (type === 'AWS::SNS::Topic') topics[id] = topicOf(id, path)
  }

  const cloud = cloudOf(variables.read(['provider', 'name']))
  const functions: Record<string, FunctionDefinition> = {}
  for (const key of variables.keys(['functions'])) {
    const fn = functionOf(key)
    functions[fn.name] = fn
  }
  return { functions, queues, tables, topics }

  function queueOf(id: string, path: Path): QueueDefinition {
    const at = [...path, 'Properties']
    const properties = record(variables.read(at))
    const redrive = properties.RedrivePolicy as { deadLetterTargetArn?: unknown; maxReceiveCount?: unknown } | undefined
    const queue: QueueDefinition = {
      name: String(names(properties.QueueName, [...at, 'QueueName']) ?? id),
      visibilitySeconds: Number(properties.VisibilityTimeout ?? 30),
      ...(properties.DelaySeconds === undefined ? {} : { delaySeconds: Number(properties.DelaySeconds) }),
      retentionSeconds: Number(properties.MessageRetentionPeriod ?? 345_600),
    }
    if (!redrive) return queue
    const to = referred(redrive.deadLetterTargetArn)
    if (!to) return variables.fail([...at, 'RedrivePolicy'], 'deadLetterTargetArn should be !GetAtt <queue>.Arn')
    return { ...queue, redrive: { to, maxReceiveCount: Number(redrive.maxReceiveCount) } }
  }

  function tableOf(id: string, path: Path): TableDefinition {
    const at = [...path, 'Properties']
    const properties = record(variables.read(at))
    return {
      name: String(names(properties.TableName, [...at, 'TableName']) ?? id),
      keys: properties.KeySchema as TableDefinition['keys'],
      attributes: properties.AttributeDefinitions as TableDefinition['attributes'],
      indexes: (properties.GlobalSecondaryIndexes ?? []) as TableDefinition['indexes'],
    }
  }

  function topicOf(id: string, path: Path): string {
    const at = [...path, 'Properties', 'TopicName']
    return String(names(variables.read(at), at) ?? id)
  }

  function cloudOf(name: unknown = 'aws'): CloudName {
    const known = cloudNames.find((one) => one === name)
    return known ?? variables.fail(['provider', 'name'], `should be one of ${cloudNames.join(', ')}`)
  }

  function functionOf(key: string): FunctionDefinition {
    const path: Path = ['functions', key]
    const handler = /^(.+)\.(\w+)$/.exec(String(variables.read([...path, 'handler']) ?? ''))
    if (!handler) return variables.fail(path, 'handler should be path/to/module.export')
    const checks = variables.read([...path, 'checks']) as string | undefined
    const found: FunctionDefinition = {
      key,
      name: cloud === 'aws' ? key : `${cloud}-${key}`,
      cloud,
      module: handler[1] ?? '',
      timeoutMs: Number(variables.read([...path, 'timeout']) ?? variables.read(['provider', 'timeout']) ?? 6) * 1000,
      schedules: [],
      ...(checks && { checks }),
      sources: [],
      rules: [],
      url: Boolean(variables.read([...path, 'url'])),
      environment: (resources) => environmentOf(path, resources),
    }
    const events = (variables.read([...path, 'events']) ?? []) as unknown[]
    for (const [i, event] of events.entries()) addEvent(found, event, [...path, 'events', i])
    return found
  }

  function addEvent(to: FunctionDefinition, event: unknown, path: Path): void {
    const [type = '', value] = Object.entries(record(event))[0] ?? []
    const at = [...path, type]
    if (type === 'schedule') addSchedules(to, value as ScheduleEvent, at)
    else if (type === 'sqs') to.sources.push(eventSource(value, at))
    else if (type === 'eventBridge') {
      const pattern = record(value).pattern
      if (!pattern) variables.fail(at, 'the local stack knows eventBridge events with a pattern only')
      to.rules.push((resources) => evaluated(pattern, [...at, 'pattern'], variables, resources))
    } else variables.fail(path, `the local stack has no ${type || 'such'} event`)
  }

  function addSchedules(to: FunctionDefinition, value: ScheduleEvent, path: Path): void {
    try {
      for (const schedule of parseSchedule(value).filter(({ enabled }) => enabled)) {
        clouds[cloud].timing(schedule, 0)
        to.schedules.push({ ...schedule, name: schedule.name ?? `schedule-${to.schedules.length + 1}` })
      }
    } catch (error) {
      if (!(error instanceof BilingualError)) throw error
      variables.fail(path, error.message)
    }
  }

  function eventSource(value: unknown, path: Path): EventSource {
    const settings = record(value)
    const queue = referred(settings.arn ?? value)
    if (!queue || !queues[queue]) return variables.fail(path, 'arn should be !GetAtt <queue of this file>.Arn')
    return {
      queue,
      batchSize: Number(settings.batchSize ?? 10),
      partialFailures: settings.functionResponseType === 'ReportBatchItemFailures',
      ...(settings.maximumConcurrency === undefined ? {} : { maximumConcurrency: Number(settings.maximumConcurrency) }),
    }
  }

  function environmentOf(path: Path, resources: Resources): Record<string, string> {
    const result: Record<string, string> = {}
    for (const at of [
      ['provider', 'environment'],
      [...path, 'environment'],
    ]) {
      for (const key of variables.keys(at)) {
        const value = evaluated(variables.read([...at, key]), [...at, key], variables, resources)
        if (value !== null && value !== undefined) result[key] = String(value)
      }
    }
    return result
  }
}

/** `resources.Resources`, or a list of such: logical id → where it stands. */
function resourcesOf(variables: Variables): Record<string, Path> {
  const tops = variables.keys(['resources']).every((key) => /^\d+$/.test(key))
    ? variables.keys(['resources']).map((i): Path => ['resources', Number(i), 'Resources'])
    : [['resources', 'Resources']]
  return Object.fromEntries(tops.flatMap((top) => variables.keys(top).map((id): [string, Path] => [id, [...top, id]])))
}

function evaluated(value: unknown, path: Path, variables: Variables, resources: Resources): unknown {
  try {
    return evaluate(value, resources)
  } catch (error) {
    return variables.fail(path, error instanceof Error ? error.message : String(error))
  }
}

/** The logical id in `!GetAtt Queue.Arn`. */
function referred(value: unknown): string | undefined {
  const target = record(value)['Fn::GetAtt']
  return Array.isArray(target) ? String(target[0]) : typeof target === 'string' ? target.split('.')[0] : undefined
}

function record(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}

/** Names of queues and tables may only depend on what is known before they exist. */
function nameless(region: string): Resources {
  return { ref: (name) => pseudoParameter(name, region), attribute: () => undefined }
}

/** CloudFormation's own parameters, on this machine. */
export function pseudoParameter(name: string, region: string): string | undefined {
  return {
    'AWS::Region': region,
    'AWS::AccountId': localAccount,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'fenghuo-local',
  }[name]
}
