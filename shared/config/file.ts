import type {
  CompiledChannel,
  CompiledCheck,
  CompiledConfig,
  CompiledFailover,
  CompiledInhibition,
  Network,
} from '../contracts/compiled-config.ts'
import { personalReaches } from '../contracts/reach.ts'
import type { SenderBounds } from '../contracts/sender-bounds.ts'
import type { Maintenance } from './pause-schema.ts'
import type { Policy } from './policy-schema.ts'
import type { Check, Defaults, Project } from './schema.ts'
import type { StatusPage } from './status-schema.ts'

/** `fenghuo.yml` as it was read: every piece valid in itself, nothing inherited yet. */
export interface FenghuoFile {
  language: 'zh' | 'en'
  timezone: string
  baseUrl?: string
  regions?: CompiledConfig['regions']
  console?: CompiledConfig['console']
  /** Short name → `cloud/region`. */
  vantages: Record<string, string>
  /** `cloud/region` → the network that its functions stand in. */
  networks: Record<string, Network>
  /** `cloud/region` → references to the secrets that sign its reports. */
  reportKeys: Record<string, string[]>
  /** Unique id of an IAM user or role → for which projects and vantages, by their short names, it speaks. */
  senders: Record<string, SenderBounds>
  /** Group → short names of vantages. */
  groups: Record<string, string[]>
  channels: Record<string, CompiledChannel>
  policies: Record<string, Policy>
  maintenance: Record<string, Maintenance>
  inhibit: Record<string, CompiledInhibition>
  failover: CompiledFailover[]
  status: Record<string, StatusPage>
  defaults: Defaults
  projects: Record<string, ReadProject>
}

export interface ReadProject extends Project {
  checks: Record<string, ReadCheck>
}

type OfItsKind = 'kind' | 'isPassive' | 'asksPlaces' | 'findsGroups' | 'target' | 'spec'

export interface ReadCheck extends Check, Pick<CompiledCheck, OfItsKind> {
  /** Short name of a vantage → the spec there, if its limits are others. */
  specsAt?: Record<string, unknown>
  /** What the kind raises an inherited timeout to. */
  leastTimeoutMs?: number
  /** What the kind raises an inherited interval to. */
  leastIntervalMs?: number
}

/** The robots among the names of channels. */
export function robotsOf(channels: string[]): string[] {
  return channels.filter((name) => !personalReaches.some((reach) => reach === name))
}
