import type { Fields, WantedTimer } from '../provider/backend.ts'

/** What clears a field; these forms are the vendor's own deployment tool's. */
const CLEARED: Record<string, unknown> = {
  Role: '',
  VpcConfig: { VpcId: '', SubnetId: '' },
  DeadLetterConfig: { Type: '', Name: '', FilterType: '' },
}

/** Fields that go by other calls than the configuration's. */
const ELSEWHERE = ['Handler', 'Runtime', 'AsyncRunEnable', 'Environment', 'PublicNetStatus', 'EipStatus']

/** All settings in the form of a request: whether one that is left out keeps its value is not documented, so all are sent. */
export function settings(configuration: Fields): object {
  const { Environment, PublicNetStatus, EipStatus = 'DISABLE', DeadLetterConfig, ...others } = configuration
  const plain = Object.entries({ ...others, DeadLetterConfig: withoutNulls(DeadLetterConfig ?? null) })
  return {
    ...Object.fromEntries(plain.filter(([name, value]) => value !== null && !ELSEWHERE.includes(name))),
    Environment: { Variables: variables(Environment) },
    ...(PublicNetStatus === undefined ? {} : { PublicNetConfig: { PublicNetStatus, EipConfig: { EipStatus } } }),
  }
}

/** Of the differing fields those that are to be empty. They are sent only then, for not every account takes these forms. */
export function cleared(configuration: Fields, differing: readonly string[]): object {
  const empty = differing.filter((field) => configuration[field] === null && field in CLEARED)
  return Object.fromEntries(empty.map((field) => [field, CLEARED[field]]))
}

/** What the alias says of the code that its version holds: letters, digits and a space are all that it takes. */
export function aliasMark(codeHash: string): string {
  return `code ${codeHash}`
}

/** One pair of empty texts takes all variables away. */
function variables(environment: Fields[string] | undefined): { Key: string; Value: unknown }[] {
  const entries = Object.entries((environment ?? {}) as Record<string, unknown>)
  return entries.length === 0 ? [{ Key: '', Value: '' }] : entries.map(([Key, Value]) => ({ Key, Value }))
}

function withoutNulls(value: Fields[string]): Fields[string] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null))
}

/** What CreateTrigger and UpdateTrigger take of the address of a version or alias: to them it is a trigger, too. */
export function urlTriggerOf(
  { Enable = null, AuthType = null, ...NetConfig }: Fields,
  name: string,
  qualifier: string,
): object {
  const TriggerDesc = JSON.stringify({ AuthType, NetConfig })
  return { TriggerName: name, Type: 'http', Qualifier: qualifier, TriggerDesc, Enable }
}

/** What CreateTrigger and UpdateTrigger take of a timer of a version or alias. */
export function triggerOf({ name, fields }: WantedTimer, qualifier: string): object {
  return { TriggerName: name, Type: 'timer', Qualifier: qualifier, ...fields }
}
