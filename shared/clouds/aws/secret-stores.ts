import type { Instant } from '../../contracts/words.ts'
import { callJson, failureOf, type JsonAnswer, reasonOf } from './json-call.ts'
import type { Env } from './lambda.ts'
import { serviceAddress } from './service-address.ts'
import type { Credentials } from './sigv4.ts'

/** The most names of one call (Systems Manager API reference, GetParameters: "Array Members: Maximum number of 10 items"). */
const NAMES_A_CALL = 10

/** Ten advanced parameters of 8 KB each, and what is told with them. */
const ANSWER_LIMIT_BYTES = 262_144

/** The first call of a new instance opens a connection; afterwards the stores answer within 50 ms. */
const TRY_MS = 1_500

/**
 * About so long between tries, ms, each pause by chance half as long again or as short: Systems Manager takes 40 calls a second of an account
 * in a region, whoever makes them (its quotas, "Max throughput"), and what begins at once would be refused at once again.
 */
const PAUSE_MS = 200

/** What stores are asked with. */
export interface StoreAccess {
  /** Region, and addresses that are moved. */
  env: Env
  credentials: Credentials
  now(): Instant
  /** Tries end then. */
  deadline: Instant
}

/** Values by the names that were asked for, and the names that the store has not. */
export interface Parameters {
  values: Record<string, string>
  missing: string[]
}

/**
 * Reads parameters `<path>/<name>` of Systems Manager (GetParameters), decrypted, or as they are stored where only their being there
 * matters. Tries again until the deadline what may pass; rejects with the reason, which holds no value.
 */
export async function readParameters(
  path: string,
  names: string[],
  access: StoreAccess,
  WithDecryption = true,
): Promise<Parameters> {
  const groups = Array.from({ length: Math.ceil(names.length / NAMES_A_CALL) }, (_, index) =>
    names.slice(index * NAMES_A_CALL, (index + 1) * NAMES_A_CALL),
  )
  const answers = await Promise.all(
    groups.map((group) => {
      const Names = group.map((name) => `${path}/${name}`)
      return ask({ ...parameterStore, input: { Names, WithDecryption } }, access)
    }),
  )
  const found = answers.flatMap(({ Parameters }) => Parameters as { Name: string; Value: string }[])
  const values = Object.fromEntries(found.map(({ Name, Value }) => [Name.slice(path.length + 1), Value]))
  return { values, missing: names.filter((name) => !values[name]) }
}

/**
 * Reads the one secret by its ARN: of a parameter, or of a secret of Secrets Manager (GetSecretValue). Tries and rejects as
 * `readParameters` does, also where it is not there.
 */
export async function readSecret(arn: string, access: StoreAccess): Promise<string> {
  const { 2: service, 5: resource = '' } = arn.split(':')
  if (service === 'ssm') {
    const name = resource.slice('parameter'.length)
    return (await readParameter(name, access)) ?? Promise.reject(new Error(`there is no parameter ${name}`))
  }
  const { SecretString } = await ask({ ...secretsManager, input: { SecretId: arn } }, access)
  return SecretString as string
}

/** Reads one parameter by its whole name, decrypted; undefined: there is none. Tries and rejects as `readParameters` does. */
export async function readParameter(name: string, access: StoreAccess): Promise<string | undefined> {
  const at = name.lastIndexOf('/')
  const own = name.slice(at + 1)
  const { values } = await readParameters(name.slice(0, at), [own], access)
  return values[own]
}

/**
 * Puts a parameter where none of this name is (PutParameter), encrypted with the account's own key. Rejects, besides for what
 * `readParameters` does, where one is there: that stays as it is.
 */
export async function putParameter(Name: string, Value: string, Description: string, access: StoreAccess) {
  const input = { Name, Value, Description, Type: 'SecureString', Tier: 'Standard', Overwrite: false }
  await ask({ ...parameterStore, target: 'AmazonSSM.PutParameter', isAnswer: hasVersion, input }, access)
}

/** Deletes a parameter (DeleteParameter). Rejects where there is none, too. */
export async function deleteParameter(Name: string, access: StoreAccess): Promise<void> {
  await ask({ ...parameterStore, target: 'AmazonSSM.DeleteParameter', isAnswer: () => true, input: { Name } }, access)
}

const hasVersion = ({ Version }: Record<string, unknown>) => typeof Version === 'number'

/** One operation of a store. */
interface Question {
  /** As in host names and signatures. */
  service: string
  /** As in the SDK's variable that moves its address. */
  id: string
  target: string
  /** A 200 without what was asked for came from something in between. */
  isAnswer(body: Record<string, unknown>): boolean
}

const parameterStore: Question = {
  service: 'ssm',
  id: 'SSM',
  target: 'AmazonSSM.GetParameters',
  isAnswer: ({ Parameters }) => Array.isArray(Parameters),
}

const secretsManager: Question = {
  service: 'secretsmanager',
  id: 'SECRETS_MANAGER',
  target: 'secretsmanager.GetSecretValue',
  isAnswer: ({ SecretString }) => typeof SecretString === 'string' && SecretString !== '',
}

async function ask(
  { service, id, target, isAnswer, input }: Question & { input: object },
  { env, credentials, now, deadline }: StoreAccess,
): Promise<Record<string, unknown>> {
  const region = env.AWS_REGION ?? ''
  const url = new URL('/', env[`AWS_ENDPOINT_URL_${id}`] || serviceAddress(service, region))
  for (;;) {
    const limitMs = Math.min(TRY_MS, deadline - now())
    const call = { url, target, version: '1.1' as const, input, answerLimitBytes: ANSWER_LIMIT_BYTES, limitMs }
    const asked = await callJson(call, { region, service }, credentials, now()).then(
      (answer) => answeredBy(answer, isAnswer),
      (error: unknown) => ({ isPassing: true, reason: reasonOf(error) }),
    )
    if ('body' in asked) return asked.body
    const pauseMs = PAUSE_MS * (0.5 + Math.random())
    if (!asked.isPassing || now() + pauseMs >= deadline) throw new Error(`${target}: ${asked.reason}`)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}

function answeredBy(answer: JsonAnswer, isAnswer: Question['isAnswer']) {
  if (answer.status !== 200) return failureOf(answer)
  return isAnswer(answer.body) ? answer : { isPassing: true, reason: 'an answer that is none' }
}
