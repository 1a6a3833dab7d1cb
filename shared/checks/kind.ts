import type { core, ZodType } from 'zod'
import type { CompiledCheck } from '../contracts/compiled-config.ts'
import type { Fact } from '../contracts/fact.ts'
import type { Grant } from '../contracts/grant.ts'
import type { Heartbeat } from '../contracts/heartbeat.ts'
import type { Mistake } from '../contracts/mistake.ts'
import type { Observation } from '../contracts/report.ts'
import type { Instant, Language, VerdictWord } from '../contracts/words.ts'
import type { Consensus } from '../evaluation/consensus.ts'
import type { GroupDetail } from '../evaluation/kafka-rules.ts'
import type { StoreIo } from '../store/io.ts'
import type { Row } from '../store/table.ts'

/** What a check kind may use of the world. */
export interface CheckIo {
  now(): Instant
  /** Milliseconds on a clock that never steps back, for phases. */
  monotonic(): number
  /** The function's environment, for `${NAME}` references in headers and the like. */
  env: Record<string, string | undefined>
  /** Ends when the run is cut short. */
  signal: AbortSignal
}

/** What a run of a check saw; the runner adds which check it was. */
export type RunResult = Pick<Observation, 'outcome' | 'latencyMs' | 'phases' | 'fault' | 'places' | 'samples'>

/** The running half of a check kind, as a probe carries it: no validation library. */
export interface CheckKind<Spec> {
  kind: string
  /** Observes once. Never rejects for what the target does: that is the observation. `deadline` is when it must be back. */
  run(check: CompiledCheck & { spec: Spec }, io: CheckIo, deadline: Instant): Promise<RunResult>
  /**
   * Cuts an observation of more than `roomBytes` of JSON into several of at most so many, which say the same together. Absent: none
   * is ever so large.
   */
  inParts?(observation: Observation, roomBytes: number): Promise<Observation[]>
}

/** An observation with `samples`, of which check it is, and at which vantage it was made. */
export interface Sampled {
  observation: Observation
  check: CompiledCheck
  vantage: string
}

/** The judging half of a check kind whose observations bring samples: what they mean over time. It runs where reports are taken. */
export interface SampleEvaluator {
  /**
   * The observations that come of one with samples, and the rows to remember of it. A check that finds groups by a pattern brings one
   * for each group, too. The same samples again change nothing. Samples that cannot be read are logged, and left out.
   */
  evaluate(sampled: Sampled, io: Pick<StoreIo, 'checks' | 'log'>): Promise<{ observations: Observation[]; rows: Row[] }>
  /** The check of one group of a check that finds them by a pattern: with its own id, `project/check/group`, and its own target. */
  ofGroup(check: CompiledCheck, group: string): CompiledCheck
  /** The groups of such a check that are known from a vantage: those that it has found, or its one. */
  groupsAt(check: CompiledCheck, vantage: string, io: Pick<StoreIo, 'checks' | 'log'>): Promise<string[]>
  /** A group as it stands by what is kept of it; undefined where nothing is. */
  groupAt(
    check: CompiledCheck,
    vantage: string,
    group: string,
    io: Pick<StoreIo, 'checks' | 'log'>,
  ): Promise<GroupDetail | undefined>
  /** The same rules for somebody who runs checks again and again in one process, which remembers what it saw. */
  remembering(): (sampled: Omit<Sampled, 'vantage'>) => Evaluated
}

/** The judging half of a passive check kind: what is believed of a check that no probe runs, by what is kept of it now. */
export interface PassiveEvaluator {
  /** The messages of the events queue that tell of such a check. */
  takes: Heartbeat['kind']
  /** How long after one message the next is due, ms. `spec` is as it is compiled. */
  periodMs(spec: unknown): number
  consensus(check: CompiledCheck, io: Pick<StoreIo, 'checks' | 'now'>): Promise<Consensus>
}

/** How people call the places of a check kind whose probes ask places of third parties (`asksPlaces`). */
export interface PlaceNaming {
  /** Whether a vantage is such a place. */
  names(vantage: string): boolean
  /** What has no known word stays as it is written. `cities` are words by English name. */
  nameIn(vantage: string, language: Language, cities: ReadonlyMap<string, Record<Language, string>>): string
  /** The place without its network, named like a vantage, and the network's carrier; undefined where none is named. */
  carrierOf(vantage: string, language: Language): { place: string; carrier: string } | undefined
}

/** What samples come to, to be shown: the groups of a pattern and the topics of a group are `parts`. */
export interface Evaluated {
  name: string
  /** Absent for what has no word of its own. */
  outcome?: VerdictWord
  fault?: Fact
  /** The parts are groups that were found by a pattern. */
  found?: true
  parts: Evaluated[]
}

/** The describing half, for configuration and documentation; lives beside the running half and is not bundled into probes. */
export interface CheckKindConfig<Spec> {
  /**
   * Modules that a probe imports only when such a check runs, by their files' names without extension. `spec` is as it is compiled.
   * A probe whose checks need none of them carries none.
   */
  modules?(spec: unknown): string[]
  kind: string
  /** The keys of a check of this kind. The kind's own key holds the target: `http: https://…`. */
  schema: ZodType<Spec>
  /** The hosts (names, or addresses without brackets) that a probe connects to; empty text for one that the environment decides. */
  hosts?(spec: unknown): string[]
  /** What may be meant and is better looked at again: `fenghuo validate` warns of it. */
  cautions?(spec: unknown): [key: string, mistake: Mistake][]
  /** Keys of the compiled configuration that name PEM files of certificates: what they hold takes their place. */
  files?: string[]
  /** Those of its keys whose values may be others at some vantages, in `at`: limits. */
  perVantage?: string[]
  /** No probe runs it: it has no running half. Something else reports, and `passive.ts` of its folder judges it. */
  isPassive?: true
  /**
   * The function that runs it where probes are several (Tencent Cloud and Alibaba Cloud): the one with this in `checks` of their
   * service files, such as `uptime`. AWS has one for all. Absent: it is passive.
   */
  runsIn?: string
  /** What the role of a probe has to be allowed for it. Absent: nothing. */
  permissions?: KindPermissions
  /** It connects to the host of its target, which therefore is one host and no pattern. */
  connectsToTarget?: true
  /** Its probes ask places of third parties, of which nobody knows beforehand how many answer. */
  asksPlaces?: true
  /** Whether a check finds groups by a pattern, each to be judged as a check of its own. `spec` is as it is compiled. */
  findsGroups?(spec: unknown): boolean
  /** One line for the documentation. */
  summary: Record<Language, string>
  /** An inherited `timeout` is raised to this; a check's own is taken as it is. */
  leastTimeoutMs?: number
  /** An inherited `interval` is raised to this, and a check's own must not be less. */
  leastIntervalMs?: number
  /** A section of the file whose entries checks of this kind name. */
  section?: KindSection<Spec>
}

/** On Tencent Cloud and Alibaba Cloud all that checks of a kind may need, on AWS what one check does, `spec` as it is compiled. */
export interface KindPermissions {
  /** On resources as CloudFormation substitutes them: `arn:${AWS::Partition}:…`. */
  aws?(spec: unknown): Grant[]
  tencent?: Grant[]
  aliyun?: Grant[]
}

/** A section of the configuration file with named things that checks of one kind refer to. */
export interface KindSection<Written> {
  /** Its key, such as `speedTests`. */
  key: string
  summary: Record<Language, string>
  name: core.$ZodType<string>
  entry: ZodType
  /** The spec of a check that names entries, with what they hold. An entry with mistakes of its own is `undefined`. */
  link(check: Written, entries: Record<string, unknown>): Linked<unknown>
}

/** Or what is wrong with the names, each at a path below the check. */
export type Linked<Spec> =
  | { spec: Spec }
  | {
      problems: {
        path: (string | number)[]
        mistake: Mistake
      }[]
    }

/** Any owner's words by code. That they fit their arguments is proven where they are written. */
export type WordsByCode = Record<
  string,
  Record<Language, (args: never, say: (fact: Fact) => string) => string> & { saysTime?: true }
>
