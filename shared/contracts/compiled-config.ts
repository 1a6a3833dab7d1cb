import type { Grouped } from './group.ts'
import type { Matchers } from './matcher.ts'
import type { Reach } from './reach.ts'
import type { SenderBounds } from './sender-bounds.ts'
import type { CompiledStatusPage } from './status-page.ts'
import type { Language, Severity } from './words.ts'

/** The system's own project: its troubles are incidents, too. */
export const OWN_PROJECT = 'fenghuo'

/**
 * The configuration as the functions carry it: validated, defaults applied, durations in milliseconds, names resolved.
 * Strings may hold `${NAME}` references, which the function resolves from its own environment at its cold start.
 */
export interface CompiledConfig {
  /** Of the code that it was packaged with, in a probe, and in `page` where there are several regions. */
  version?: string
  language: Language
  /** IANA zone in which times are written for people. */
  timezone: string
  /** Base of ack links, without a slash at its end. Absent: the function URL of `acknowledge` from its environment. */
  baseUrl?: string
  /** Where `page` has messages lead to for the whole of an incident, without a slash at its end. Absent: `console.url` is not written. */
  consoleUrl?: string
  /** Short name → `cloud/region`. */
  vantages: Record<string, string>
  /** `cloud/region` → the network that the probe's functions stand in; absent: none has one. Only packaging needs them. */
  networks?: Record<string, Network>
  /** `cloud/region` → references to the secrets that sign reports posted over HTTPS: its probes use the first. Absent: they use the queue. */
  reportKeys?: Record<string, string[]>
  /** Unique id of an IAM user or role → all that it may say on the events queue. Absent: nobody is bound. */
  senders?: Record<string, SenderBounds>
  /** Group → `cloud/region` names. A quorum is judged inside each group too. */
  groups: Record<string, string[]>
  projects: Record<string, CompiledProject>
  policies: Record<string, CompiledPolicy>
  channels: Record<string, CompiledChannel>
  /** By name: when matching incidents page nobody. */
  maintenance?: Record<string, CompiledMaintenance>
  /** By name: which incidents keep which others from paging. */
  inhibit?: Record<string, CompiledInhibition>
  /** Where the same stack is deployed, in the order in which they page, and how late a region's word may be. Absent: one region alone. */
  regions?: { order: string[]; guardMs: number }
  /** What one of several regions serves. Absent: nothing. */
  failover?: CompiledFailover[]
  /** Who may look at the console, and do what. Absent: the deployed one shows nothing. */
  console?: CompiledConsole
  /** What outsiders are shown, by the name in its address. */
  status?: Record<string, CompiledStatusPage>
  checks: CompiledCheck[]
}

/** What somebody may do; each may also do what those before it may. */
export const roles = ['viewer', 'responder', 'admin'] as const
export type Role = (typeof roles)[number]

export interface CompiledConsole {
  /** Where people reach it, without a slash at its end. Absent: by its function URL. */
  url?: string
  /** A provider of OpenID Connect. */
  oidc?: CompiledOidc
  wecom?: CompiledWecomSignIn
  dingtalk?: CompiledDingtalkSignIn
  feishu?: CompiledFeishuSignIn
  /** Sign-in by a link to a contact's own channel. */
  link?: true
  access: CompiledGrant[]
}

/** A WeCom application that people sign in by. Its secret is a reference, as those of the others. */
export interface CompiledWecomSignIn {
  corpId: string
  agentId: number
  secret: string
}

export interface CompiledDingtalkSignIn {
  clientId: string
  clientSecret: string
  corpId: string
}

export interface CompiledFeishuSignIn {
  appId: string
  appSecret: string
  tenantKey: string
}

export interface CompiledOidc {
  /** As the provider itself writes it. */
  issuer: string
  clientId: string
  /** A reference; absent: the provider knows this client as one that has none. */
  clientSecret?: string
  /** The claim that lists somebody's groups. */
  groups: string
}

export interface CompiledGrant {
  role: Role
  /** Addresses in small letters, `@` and a domain, `group:` and a name, or by what a chat knows them: `wecom:LinYue`, `wecom:*` for everybody. */
  who?: string[]
  /** References to tokens of programs. */
  tokens?: string[]
  /** Absent: all of them, and what belongs to none. */
  projects?: string[]
}

/** Something that is there in several regions, and by which rules one of them serves. */
export interface CompiledFailover {
  /** What contact flows ask for; the key of its item. */
  name: string
  /** What a phone can say. */
  title: string
  /** The first that is well serves. */
  regions: FailoverRegion[]
  /** Of the bots. */
  locale: string
  /** What is said to them, at most this often. Absent: sessions are opened. */
  say?: string
  sayEveryMs: number
  intent?: string
  reply?: string
  /** Whose sessions they are; absent: those of this failover. */
  user?: string
  /** Of the last n checks of a region m say whether it is well or faulty; more than half of n. */
  confirm: { m: number; n: number }
  /** An earlier region serves again when it has been well for so long. */
  holdMs: number
  /** What a sample flow says before it hands the caller to a bot; absent: there is none. */
  flow?: string
}

/** What has to be well in a region. */
export interface FailoverRegion {
  region: string
  bot?: { botId: string; aliasId: string }
  /** ARNs: an Amazon Connect instance, queues of SQS, tables of DynamoDB. */
  connect?: string
  /** So many calls at once its Connect instance has to carry. */
  calls?: number
  queues?: string[]
  tables?: string[]
}

/** A network of the user's that functions stand in, by the vendor's names of its parts. */
export interface Network {
  /** Of the VPC, where the cloud asks for it. */
  id?: string
  /** On Alibaba Cloud vSwitches. */
  subnets: string[]
  securityGroups: string[]
}

export interface CompiledProject extends Grouped {
  name: string
  /** What a phone can say. */
  title: string
  /** A key of `policies`. */
  policy: string
  /** Further ones, by which somebody may have an incident paged in its place. */
  handOver?: string[]
  /** Keys of `channels`: the project's robots, told once per state change of an incident. */
  chat: string[]
  severity: Severity
  /** More new incidents a minute than this are joined in one. */
  stormLimit: number
  /** False: its robots do not hear on Mondays what came again and again. */
  weeklyNoise?: boolean
  /** Uptime counts what was seen during maintenance. Absent: it leaves that out. */
  maintenanceCounts?: true
  runbook?: string
  /** With which other systems send alerts to it. */
  keys?: CompiledKey[]
  /** What formats of other systems need to know, by their names, as their `options` give it. */
  inbound?: Record<string, unknown>
}

export interface CompiledKey {
  /** A reference; in what is packaged the key's digest, `sha256:…`. */
  key: string
  /** So many requests in a minute. */
  perMinute: number
}

export interface CompiledPolicy {
  layers: CompiledLayer[]
  /** Fewer calls of a layer to phones whose first route is of such a type. */
  callsBy?: Record<string, number>
  /** The list of layers is tried so many times. */
  rounds: number
  /** After exhaustion everybody is called again this often, until acknowledged or resolved. */
  repeatEveryMs: number
  /** What stops the phone: a key press, or (the seed's behaviour) an answered call. */
  acknowledgeOn: 'key' | 'answer'
  channels: Record<Severity, Reach[]>
  /** An acknowledgement ends after so long, and the incident pages again; absent: it lasts. */
  ackExpiresMs?: number
  /** So many people have to take an incident, or somebody of each of these contacts and schedules; absent: anybody alone. */
  acknowledgements?: number | string[]
  /** An incident of a severity pages so long after it began. */
  delayMs?: Partial<Record<Severity, number>>
  /** An incident of a severity that nobody takes for so long has the next worse one. */
  raiseAfterMs?: Partial<Record<Severity, number>>
  /** What only robots are told of is told again this often; absent: as usual. */
  remindEveryMs?: number
  /** When incidents of a severity wait: windows by the configuration's time zone. */
  hold?: Partial<Record<Severity, string[]>>
}

export interface CompiledMaintenance {
  match: Matchers
  /** Windows of the week, such as `Sun 02:00-04:00`; or once, from one time on the wall to another, `YYYY-MM-DD HH:MM`. */
  when: { during: string[] } | { from: string; to: string }
  /** IANA name. */
  timezone: string
}

export interface CompiledInhibition {
  /** While such an incident is open … */
  source: Matchers
  /** … such ones page nobody … */
  target: Matchers
  /** … that have the same values of these fields and labels. */
  equal: string[]
}

export interface CompiledLayer {
  /** Contacts or schedules: `lin`, `sre` (on call now), `sre.next` (next in the rotation). */
  page: string[]
  /** Keys of `channels`: robots that are told from this layer on, beside the project's. */
  chat?: string[]
  /** How often each phone is called. */
  calls: number
  ackTimeoutMs: number
  /** In place of the policy's, for the severities that it names. Nothing: the layer is left out. */
  channels?: Partial<Record<Severity, Reach[]>>
  /** In place of the policy's. */
  acknowledgeOn?: 'key' | 'answer'
}

export interface CompiledCheck {
  /** `project/name`. */
  id: string
  project: string
  name: string
  title: string
  kind: string
  /** No probe runs it: its job reports by itself, and silence is judged. */
  isPassive?: true
  /** Its probes ask places of third parties, which vote in their stead. */
  asksPlaces?: true
  /** Its target is a pattern, and each group that it finds is a check of its own, `project/name/group`. */
  findsGroups?: true
  /** What is observed, as it is written: the value of the kind's key. */
  target?: string
  /** The kind's own compiled configuration, as its descriptor's schema gives it. */
  spec: unknown
  /** In place of `spec` at some vantages (`cloud/region`), whose limits are others. */
  specsAt?: Record<string, unknown>
  intervalMs: number
  timeoutMs: number
  /** So often a run that finds the target down is repeated within the timeout. Absent: never. */
  retries?: number
  /** m of the last n observations, per vantage. */
  confirm: { m: number; n: number }
  severity: Severity
  /** Of being slow. */
  degradedSeverity?: Severity
  /** A probe's alone: which of its states are to disturb people even where only the last resort is left. */
  urgentWhen?: ('down' | 'degraded')[]
  /** So many vantages have to agree that it is down; absent: a majority. */
  quorum?: number
  /** So many times slower than usual from a vantage is degraded. */
  slower?: number
  /** However often it changes, it is not held in its worse state. */
  tellsEachChange?: true
  /** The id of a check without which this one can't be up: while that is down this one is quiet. */
  dependsOn?: string
  /** `cloud/region` names, not the short ones. Empty for a check that no probe runs, such as a heartbeat. */
  from: string[]
  runbook?: string
  labels?: Record<string, string>
}

/** A configured channel: its type's own settings under `settings`, as the channel's schema gives them. */
export interface CompiledChannel {
  name: string
  /** A key of the channel registry, such as `wecom-robot`; `phone` and `sms` hold a list of routes. */
  type: string
  settings: unknown
}

/** A way to reach numbers by their prefix. The first route whose `to` fits is used; the next when it definitely refuses. */
export interface CompiledRoute {
  /** E.164 prefix, `+` for all. */
  to: string
  type: string
  settings: unknown
}
