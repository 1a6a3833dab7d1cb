import type { StackFile } from '../../local/files.ts'
import { type Found, FoundError } from '../../shared/channels/diagnoses/finding.ts'
import { reasonOfAws } from '../../shared/clouds/aws/answer.ts'
import { type AwsCall, callAws } from '../../shared/clouds/aws/call.ts'
import { credentialsFor, sqsClient } from '../../shared/clouds/aws/clients.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { readParameters } from '../../shared/clouds/aws/secret-stores.ts'
import { sourceVersion } from '../../shared/config/source-version.ts'
import type { CompiledConfig, CompiledRoute } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { references, resolveReferences } from '../../shared/contracts/references.ts'
import type { Bilingual, Instant } from '../../shared/contracts/words.ts'
import type { VantageRecords } from '../../shared/evaluation/vantages.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import type { StoreIo } from '../../shared/store/io.ts'
import { readVantages } from '../../shared/store/vantages.ts'
import { checksOf, contactsOf } from '../engine.ts'
import type { Target } from '../target.ts'
import { found } from '../words/findings/patient.ts'

/** What a doctor may use of the world. */
export interface PatientIo {
  /** The project's folder. */
  root: string
  env: Env
  now(): Instant
  fetch: typeof fetch
  randomId(): string
}

/** What is looked at: a deployment or the local stack, and the configuration that it should have. */
export interface Patient extends PatientIo {
  config: CompiledConfig
  target: Target
  /** The first of several regions, with which this one is compared; absent in that one itself, and where there is no other. */
  first?: Target
  /** All other regions, whose tables tell what became of reports that were sent to this one. */
  others?: Target[]
  /** Of a deployment; absent: the local stack. */
  stage?: string
  /** The local stack; absent: a deployment. */
  stack?: StackFile
  /** Values that no finding may show; what is learnt on the way is added. */
  secrets: Set<string>
  /** Adds the secrets of an environment to those. */
  keep(env: Env): void
  /** A function of the deployment, asked for once. Rejects with what is wrong. */
  lambda(name: string): Promise<LambdaFunction>
  /** A function of another deployment of ours, by its full name; `config`: what that is made from. Rejects with what is wrong. */
  lambdaIn(region: string, name: string, config: string): Promise<LambdaFunction>
  /** The environment in which channels send: that of the deployed `page`, on the local stack our own. */
  channelEnv(): Promise<Env>
  /** A project's people as they are in the contacts table, asked for once. */
  people(project: string): Promise<{ directory: Directory; problems: Bilingual[] } | undefined>
  /** The log of whoever reads the tables: what this release cannot read is a fault of each line that asks for it. */
  log: StoreIo['log']
  /** What the probes of the configuration's vantages have told, asked for once. */
  vantages(): Promise<VantageRecords[]>
  /** What the probes would run that are deployed from this checkout. */
  version(): string
  /** Asks AWS, in the deployment's region unless another is named. */
  aws(call: AwsCall, region?: string): Promise<Response>
}

/** A function as GetFunctionConfiguration tells of it (Lambda API reference). */
export interface LambdaFunction {
  FunctionArn: string
  State: string
  LastUpdateStatus: string
  Runtime: string
  CodeSha256: string
  /** Absent, or without subnets: it stands in no network. */
  VpcConfig?: { SubnetIds?: string[]; SecurityGroupIds?: string[] }
  env: Env
}

const LAMBDA_MS = 10_000

/** Values shorter than this are no secrets, and would make gaps in sentences. */
const SECRET_CHARACTERS = 8

export function patientOf(
  given: Pick<Patient, 'config' | 'target' | 'first' | 'others' | 'stage' | 'stack'>,
  io: PatientIo,
): Patient {
  const { config, target, stage } = given
  const secrets = new Set<string>()
  const contacts = contactsOf(target)
  const keep = (env: Env) => {
    const secretNames = Object.keys(env).filter((name) => /SECRET|TOKEN|PASSWORD|_KEY$/.test(name))
    for (const name of [...references(config), ...secretNames]) {
      const value = env[name] ?? ''
      if (value.length >= SECRET_CHARACTERS) secrets.add(value)
    }
  }
  keep(io.env)

  const credentials = credentialsFor(target.env)
  const aws = (call: AwsCall, region = target.env.AWS_REGION) =>
    callAws(call, { ...target.env, AWS_REGION: region }, { ...io, credentials })
  const functionIn = async (region: string | undefined, name: string, missing: Found) => {
    const path = `/2015-03-31/functions/${name}/configuration`
    const call = { service: 'lambda', method: 'GET', path, signal: AbortSignal.timeout(LAMBDA_MS) } as const
    const answer = await aws(call, region)
    if (answer.status === 404) throw new FoundError(missing)
    if (!answer.ok) throw new FoundError(found('function-untold', name, await reasonOfAws(answer)))
    const { Environment, ...told } = (await answer.json()) as LambdaFunction & { Environment?: { Variables?: Env } }
    const env = await withStored(Environment?.Variables ?? {}, { ...target.env, AWS_REGION: region }, config, io)
    keep(env)
    return { ...told, env }
  }
  const lambda = once((name: string) => {
    const missing = found('no-function', target.name, name, stage)
    return functionIn(target.env.AWS_REGION, `fenghuo-${stage}-${name}`, missing)
  })
  const log: Patient['log'] = ({ error }) => {
    throw new FoundError(found('other-version', String(error)))
  }
  return {
    ...io,
    ...given,
    log,
    secrets,
    version: () => sourceVersion(io.root),
    aws,
    lambda,
    lambdaIn: (region, name, made) => functionIn(region, name, found('no-function-in', name, region, made, stage)),
    keep,
    channelEnv: lazy(async () => (stage === undefined ? io.env : (await lambda('page')).env)),
    people: once((project: string) => contacts.read(project)),
    vantages: lazy(() => readVantages(Object.values(config.vantages), { checks: checksOf(target), log })),
  }
}

/** A function's environment with what it reads from the parameter store when it begins. Rejects with what is wrong. */
async function withStored(env: Env, access: Env, config: CompiledConfig, { now }: PatientIo): Promise<Env> {
  const { FENGHUO_SECRETS: path } = env
  const names = references(config).filter((name) => !env[name])
  if (path === undefined || names.length === 0) return env
  try {
    const credentials = await sqsClient(access).config.credentials()
    const { values } = await readParameters(path, names, { env: access, credentials, now, deadline: now() + LAMBDA_MS })
    return { ...env, ...values }
  } catch (error) {
    throw new FoundError(found('secrets-unread', path, error instanceof Error ? error.message : String(error)))
  }
}

function lazy<T>(ask: () => Promise<T>): () => Promise<T> {
  const asked = once(ask)
  return () => asked('')
}

function once<T>(ask: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const asked = new Map<string, Promise<T>>()
  return (name) => {
    const known = asked.get(name) ?? ask(name)
    asked.set(name, known)
    return known
  }
}

/** A channel's or route's settings with their variables; rejects with a fault that names those which are not set. */
export async function settingsOf<Settings>(settings: unknown, patient: Patient): Promise<Settings> {
  const { value, missing } = resolveReferences(settings, await patient.channelEnv())
  if (missing.length === 0) return value as Settings
  throw new FoundError(found('not-set', missing, patient.stage === undefined))
}

/** The routes of the phone or sms channel. */
export function routesOf(name: 'phone' | 'sms', { config }: Patient): CompiledRoute[] {
  const channel = ownProperty(config.channels, name)
  return channel === undefined ? [] : (channel.settings as { routes: CompiledRoute[] }).routes
}
