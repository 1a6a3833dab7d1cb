import type { ListPhoneNumbers } from './request.ts'

/** How an instance and its flows are, where not well. */
export interface Condition {
  instanceStatus?: 'CREATION_IN_PROGRESS' | 'ACTIVE' | 'CREATION_FAILED'
  outboundCalls?: boolean
  flowState?: 'ACTIVE' | 'ARCHIVED'
  flowStatus?: 'PUBLISHED' | 'SAVED'
  flowType?: 'CONTACT_FLOW' | 'CUSTOMER_QUEUE'
  /** In place of the flow's content. */
  flowContent?: string
  /** So many numbers come with a page when nobody asks for fewer. */
  page?: number
}

interface Of {
  instanceId: string
  instanceArn: string
  /** E.164 numbers claimed to the instance. */
  sourceNumbers: string[]
  condition?: Condition
}

/** DescribeInstance's answer. Fields: API Reference, Instance; CreatedTime is epoch seconds on the wire. */
export function describeInstance({ instanceId, instanceArn, condition = {} }: Of) {
  return {
    Instance: {
      Id: instanceId,
      Arn: instanceArn,
      IdentityManagementType: 'CONNECT_MANAGED',
      InstanceAlias: 'simulated',
      CreatedTime: 1_780_000_000,
      ServiceRole: `${instanceArn.replace(/^arn:aws:connect:[^:]*:(\d+):.*$/, 'arn:aws:iam::$1')}:role/connect`,
      InstanceStatus: condition.instanceStatus ?? 'ACTIVE',
      InboundCallsEnabled: true,
      OutboundCallsEnabled: condition.outboundCalls ?? true,
    },
  }
}

/**
 * DescribeContactFlow's answer. Whether the service gives a content back as it was written is not documented: here a console has
 * drawn it anew, and written out what was left out.
 */
export function describeFlow(id: string, content: object, { instanceArn, condition = {} }: Of) {
  return {
    ContactFlow: {
      Arn: `${instanceArn}/contact-flow/${id}`,
      Id: id,
      Name: 'simulated',
      Type: condition.flowType ?? 'CONTACT_FLOW',
      State: condition.flowState ?? 'ACTIVE',
      Status: condition.flowStatus ?? 'PUBLISHED',
      Content: condition.flowContent ?? JSON.stringify({ ...content, Actions: actionsOf(content), Metadata: {} }),
      Tags: {},
    },
  }
}

function actionsOf(content: object): unknown[] {
  const { Actions = [] } = content as { Actions?: { Transitions: object }[] }
  return Actions.map((action) => ({ ...action, Transitions: { Errors: [], Conditions: [], ...action.Transitions } }))
}

/** ListPhoneNumbersV2's answer. Tokens are opaque at the vendor; here they count. */
export function listNumbers(request: ListPhoneNumbers, { instanceId, instanceArn, sourceNumbers, condition = {} }: Of) {
  const fitting = sourceNumbers.filter((number) => number.startsWith(request.PhoneNumberPrefix ?? ''))
  const from = Number(request.NextToken ?? 0)
  const to = from + Math.min(request.MaxResults ?? 1000, condition.page ?? 1000)
  return {
    ...(to < fitting.length ? { NextToken: String(to) } : {}),
    ListPhoneNumbersSummaryList: fitting.slice(from, to).map((number, index) => ({
      PhoneNumberId: `number-${from + index}`,
      PhoneNumberArn: `${instanceArn.replace(/:instance\/.*$/, '')}:phone-number/number-${from + index}`,
      PhoneNumber: number,
      PhoneNumberType: 'DID',
      TargetArn: instanceArn,
      InstanceId: instanceId,
    })),
  }
}
