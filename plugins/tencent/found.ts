import { jsonIn } from '../../shared/contracts/json-in.ts'
import type { Content, Fields, FoundTimer, FoundUrl, FoundVersion, Json, State } from '../provider/backend.ts'
import { codeHashOf } from './entry.ts'
import type { ScfAnswer, ScfTrigger, ScfVersion } from './reads.ts'

/** Times in answers are Beijing's (`yyyy-mm-dd hh:mm:ss`). */
const ZONE = '+08:00'

const BUSY = ['Creating', 'Updating', 'Publishing', 'Deleting']

/** cloud.tencent.com/document/product/583/47175, "function status". */
export function stateOf({ Status = 'Active', StatusReasons, StatusDesc }: ScfAnswer): State {
  return state(Status, StatusReasons?.[0]?.ErrorMessage || StatusDesc || Status)
}

export function versionOf({ Version, AddTime, Status = 'Active' }: ScfVersion): FoundVersion {
  const publishedAt = Date.parse(`${AddTime?.replace(' ', 'T')}${ZONE}`)
  return {
    version: Version,
    ...(Number.isNaN(publishedAt) ? {} : { publishedAt }),
    state: state(Status, Status),
  }
}

function state(status: string, reason: string): State {
  if (status === 'Active') return { is: 'ready' }
  if (BUSY.includes(status)) return { is: 'busy', reason: status }
  return { is: status === 'CreateFailed' ? 'unusable' : 'failed', reason }
}

export function tagsOf({ Tags }: ScfAnswer): Record<string, string> {
  return Object.fromEntries((Tags ?? []).map(({ Key, Value }) => [Key, Value]))
}

export function isOurs(answer: ScfAnswer, mark: Record<string, string>): boolean {
  const tags = tagsOf(answer)
  return Object.entries(mark).every(([key, value]) => tags[key] === value)
}

/** What a version holds. The entry file tells its code; `otherwise` is what is known of it if the vendor does not show that file. */
export function contentOf(answer: ScfAnswer, otherwise?: string): Content {
  const codeHash = codeHashOf(answer.CodeInfo ?? '') ?? (answer.CodeInfo ? undefined : otherwise)
  return { ...(codeHash === undefined ? {} : { codeHash }), configuration: configurationOf(answer) }
}

/** In the form in which a configuration is wanted: what is empty is null, and variables are an object. */
export function configurationOf(answer: ScfAnswer): Fields {
  const { VpcConfig, DeadLetterConfig, Environment } = answer
  const variables = (Environment?.Variables ?? []).map(({ Key, Value }) => [Key, Value])
  return {
    Handler: text(answer.Handler),
    Runtime: text(answer.Runtime),
    Description: answer.Description ?? '',
    MemorySize: answer.MemorySize ?? null,
    Timeout: answer.Timeout ?? null,
    AsyncRunEnable: answer.AsyncRunEnable || 'FALSE',
    Environment: Object.fromEntries(variables),
    Role: text(answer.Role),
    VpcConfig: VpcConfig?.VpcId ? { VpcId: VpcConfig.VpcId, SubnetId: text(VpcConfig.SubnetId) } : null,
    DeadLetterConfig: DeadLetterConfig?.Type
      ? { Type: DeadLetterConfig.Type, Name: DeadLetterConfig.Name, FilterType: text(DeadLetterConfig.FilterType) }
      : null,
    ClsLogsetId: text(answer.ClsLogsetId),
    ClsTopicId: text(answer.ClsTopicId),
    PublicNetStatus: text(answer.PublicNetConfig?.PublicNetStatus),
    EipStatus: text(answer.PublicNetConfig?.EipConfig?.EipStatus),
  }
}

/** The addresses that its requests come from; undefined: any. */
export function egressOf({ PublicNetConfig }: ScfAnswer): string[] | undefined {
  const { EipStatus, EipAddress } = PublicNetConfig?.EipConfig ?? {}
  return EipStatus === 'ENABLE' ? (EipAddress ?? []) : undefined
}

/** The address of a function as it is wanted. The API gives back its settings as JSON, with the address itself among them. */
export function urlOf(trigger: ScfTrigger): FoundUrl {
  const { AuthType, NetConfig } = Object(jsonIn(trigger.TriggerDesc ?? ''))
  const { EnableIntranet = false, EnableExtranet = false, ExtranetUrl } = Object(NetConfig)
  return {
    name: trigger.TriggerName ?? '',
    ...(typeof ExtranetUrl === 'string' && ExtranetUrl !== '' ? { address: ExtranetUrl.replace(/\/+$/, '') } : {}),
    fields: {
      AuthType: text(AuthType),
      EnableIntranet,
      EnableExtranet,
      Enable: trigger.Enable === 1 ? 'OPEN' : 'CLOSE',
    },
  }
}

/** The code hash in the alias's description; undefined: it has none. */
export function markedHash(description: string | undefined): string | undefined {
  return /^code ([0-9a-f]{64})$/.exec(description ?? '')?.[1]
}

/** A timer as it is wanted: the API gives back its cron as JSON, and its switch as a number. */
export function timerOf(trigger: ScfTrigger): FoundTimer {
  const schedule = cronOf(trigger.TriggerDesc ?? '')
  const enabled = trigger.Enable === 1
  return {
    name: trigger.TriggerName ?? '',
    qualifier: trigger.Qualifier ?? '',
    schedule,
    enabled,
    fields: {
      TriggerDesc: schedule,
      Enable: enabled ? 'OPEN' : 'CLOSE',
      CustomArgument: trigger.CustomArgument ?? '',
      Description: trigger.Description ?? '',
    },
  }
}

function cronOf(description: string): string {
  try {
    const parsed: unknown = JSON.parse(description)
    return String((parsed as { cron?: unknown } | null)?.cron ?? description)
  } catch {
    return description
  }
}

function text(value: string | undefined): Json {
  return value || null
}
