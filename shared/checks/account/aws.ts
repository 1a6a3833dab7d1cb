import { elements } from '../../clouds/aws/answer.ts'
import { idOf } from '../../clouds/aws/arn.ts'
import { concurrentCallsOf, type Quota, quotaInput } from '../../clouds/aws/connect-quota.ts'
import { askAws } from './aws-call.ts'
import { spend } from './aws-spend.ts'
import { type Asking, answered, numberIn, textIn } from './call.ts'
import { type AccountResult, isLimited, keyAgeOf, leftOf, reviewOf } from './result.ts'
import type { AwsSpec } from './spec.ts'

/** Lists come in pages of at most so many (ListPhoneNumbersV2; DescribePhoneNumbers and DescribeSenderIds). */
const PAGE = { connect: 1000, 'sms-voice': 100 }

/** More pages nobody has; one who repeats its token does not keep us. */
const MOST_PAGES = 20

/** What AWS tells of an account: what texts may still cost this month, the instance of Connect and its number, and the age of keys. */
export async function awsResults(spec: AwsSpec, asking: Asking): Promise<AccountResult[]> {
  const { instance = '', caller, users } = spec
  const questions: Promise<AccountResult | AccountResult[]>[] = [
    ...(isLimited(spec, 'balance') ? [spend(spec, asking)] : []),
    ...(spec.numbers.length > 0 ? [numbers(spec, asking)] : []),
    ...(spec.senders.length > 0 ? [senders(spec, asking)] : []),
    ...(instance === '' ? [] : [instanceState(instance, spec, asking)]),
    ...(caller === undefined ? [] : [callerState(caller, instance, spec, asking)]),
    ...(isLimited(spec, 'calls') ? [calls(instance, spec, asking)] : []),
    ...users.map((user) => keyAge(user, spec, asking)),
  ]
  return (await Promise.all(questions.map(answered))).flat()
}

/** DescribeInstance: it is active, and may call out. */
async function instanceState(instance: string, { region }: AwsSpec, asking: Asking): Promise<AccountResult> {
  const [action, path] = ['DescribeInstance', `/instance/${idOf(instance)}`]
  const { Instance, isMissing } = await askAws({ of: 'connect', action, path }, region, asking)
  if (isMissing === true) return reviewOf('instance', instance, 'missing')
  const { InstanceStatus, OutboundCallsEnabled } = Object(Instance) as Record<string, unknown>
  const status = textIn(InstanceStatus, action)
  if (status !== 'ACTIVE') return reviewOf('instance', instance, 'not-active', status)
  return reviewOf('instance', instance, OutboundCallsEnabled === true ? undefined : 'no-calls-out')
}

/** ListPhoneNumbersV2: the number is claimed to the instance. */
async function callerState(
  caller: string,
  instance: string,
  { region }: AwsSpec,
  asking: Asking,
): Promise<AccountResult> {
  const input = { InstanceId: idOf(instance), MaxResults: PAGE.connect }
  const question = { of: 'connect', action: 'ListPhoneNumbersV2', path: '/phone-number/list', input } as const
  const claimed = await listed(question, 'ListPhoneNumbersSummaryList', region, asking)
  const isClaimed = claimed.some(({ PhoneNumber }) => PhoneNumber === caller)
  return reviewOf('number', caller, isClaimed ? undefined : 'missing')
}

/** ListServiceQuotas of Connect. */
async function calls(instance: string, spec: AwsSpec, asking: Asking): Promise<AccountResult> {
  const question = { of: 'servicequotas', action: 'ListServiceQuotas', input: quotaInput } as const
  const quotas = await listed(question, 'Quotas', spec.region, asking)
  const atOnce = numberIn(concurrentCallsOf(instance, quotas as Quota[]), question.action)
  return leftOf(spec, 'calls', atOnce, (limit) => ({
    code: 'account-calls',
    args: { count: atOnce, ...(limit === undefined ? {} : { limit }) },
  }))
}

/** DescribePhoneNumbers: each is there, by number, id or ARN, and active. */
async function numbers(spec: AwsSpec, asking: Asking): Promise<AccountResult[]> {
  const question = {
    of: 'sms-voice',
    action: 'DescribePhoneNumbers',
    input: { MaxResults: PAGE['sms-voice'] },
  } as const
  const all = await listed(question, 'PhoneNumbers', spec.region, asking)
  return spec.numbers.map((name) => {
    const found = all.find((one) => [one.PhoneNumber, one.PhoneNumberId, one.PhoneNumberArn].includes(name))
    if (found === undefined) return reviewOf('number', name, 'missing')
    return found.Status === 'ACTIVE'
      ? reviewOf('number', name)
      : reviewOf('number', name, 'not-active', String(found.Status))
  })
}

/** DescribeSenderIds. One that some country wants registered is there before it is: that is told country by country, in the console. */
async function senders(spec: AwsSpec, asking: Asking): Promise<AccountResult[]> {
  const question = { of: 'sms-voice', action: 'DescribeSenderIds', input: { MaxResults: PAGE['sms-voice'] } } as const
  const all = await listed(question, 'SenderIds', spec.region, asking)
  const isThere = (name: string) => all.some(({ SenderId, SenderIdArn }) => [SenderId, SenderIdArn].includes(name))
  return spec.senders.map((name) => reviewOf('sender', name, isThere(name) ? undefined : 'missing'))
}

/** ListAccessKeys of a user: the oldest of its active keys. Without one there is nothing to grow old. */
async function keyAge(user: string, spec: AwsSpec, asking: Asking): Promise<AccountResult> {
  const question = { of: 'iam', action: 'ListAccessKeys', input: { UserName: user } } as const
  const { xml, isMissing } = await askAws(question, spec.region, asking)
  if (isMissing === true) return reviewOf('user', user, 'missing')
  const keys = String(xml).split('<member>').slice(1)
  const made = keys
    .filter((key) => elements(key, 'Status')[0] === 'Active')
    .map((key) => Date.parse(elements(key, 'CreateDate')[0] ?? ''))
  return made.length === 0 ? { outcome: 'up' } : keyAgeOf(spec, Math.min(...made), asking.io.now(), user)
}

/** All entries of a list that comes in pages. */
async function listed(
  question: Parameters<typeof askAws>[0] & { input: object },
  name: string,
  region: string | undefined,
  asking: Asking,
): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = []
  let NextToken: unknown
  for (let page = 0; page < MOST_PAGES; page++) {
    const input = { ...question.input, ...(NextToken === undefined ? {} : { NextToken }) }
    const answer = await askAws({ ...question, input }, region, asking)
    const { [name]: entries } = answer
    if (Array.isArray(entries)) all.push(...entries.map(Object))
    NextToken = answer.NextToken ?? undefined
    if (NextToken === undefined) break
  }
  return all
}
