import { type Definition, pseudoParameter } from './definition.ts'
import type { Resources } from './intrinsics.ts'
import { localAccount } from './variables.ts'

/** A queue as it is here. */
export interface Queue {
  name: string
  url: string
  arn: string
}

/** What the definition's resources are on this machine. */
export interface Placed {
  region: string
  queues: Record<string, Queue>
  instanceId: string
  /** Where a function's URL is served, without a slash at its end. */
  functionUrl: string
}

/** The contact flow's id: any will do, as long as function and Connect sandbox agree. */
export const contactFlowId = '0f1e2d3c-4b5a-4968-8776-655443322110'

/**
 * What embedded queues and tables, and the Connect sandbox, are signed with. A key id of letters and digits alone, as DynamoDB Local
 * demands it.
 */
export const localCredentials = { accessKeyId: 'fenghuolocal', secretAccessKey: 'fenghuo-local' }

/** The same in an environment, as a function's role would have it there. */
export const localRole = {
  AWS_ACCESS_KEY_ID: localCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: localCredentials.secretAccessKey,
}

export function lambdaArn(region: string, name: string): string {
  return `arn:aws:lambda:${region}:${localAccount}:function:${name}`
}

export function connectInstanceArn(region: string, instanceId: string): string {
  return `arn:aws:connect:${region}:${localAccount}:instance/${instanceId}`
}

/** The ARN of a topic of the definition, by its logical id; undefined where there is none. */
export function topicArn({ topics }: Pick<Definition, 'topics'>, id: string, region: string): string | undefined {
  return topics[id] && `arn:aws:sns:${region}:${localAccount}:${topics[id]}`
}

/** Answers CloudFormation's references for this machine. */
export function localResources(definition: Definition, placed: Placed): Resources {
  const { region, queues, instanceId, functionUrl } = placed
  const functions = new Map(Object.keys(definition.functions).map((name) => [logicalName(name), name]))

  return {
    ref: (name) =>
      pseudoParameter(name, region) ??
      queues[name]?.url ??
      definition.tables[name]?.name ??
      topicArn(definition, name, region),
    attribute(name, attribute) {
      const queue = queues[name]
      if (queue) return { Arn: queue.arn, QueueName: queue.name }[attribute]
      if (attribute === 'ContactFlowArn')
        return `${connectInstanceArn(region, instanceId)}/contact-flow/${contactFlowId}`
      const fn = functions.get(name.replace(/LambdaFunction(Url)?$/, ''))
      if (fn === undefined) return undefined
      return attribute === 'Arn' ? lambdaArn(region, fn) : attribute === 'FunctionUrl' ? functionUrl : undefined
    },
  }
}

/** How the framework names a function's resources. */
function logicalName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
