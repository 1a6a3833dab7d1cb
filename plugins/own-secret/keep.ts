import { randomBytes } from 'node:crypto'
import { reasonOfAws } from '../../shared/clouds/aws/answer.ts'
import { callAws } from '../../shared/clouds/aws/call.ts'
import { putParameter, readParameter, readSecret, type StoreAccess } from '../../shared/clouds/aws/secret-stores.ts'
import { SECRET_ARN } from '../../shared/clouds/stored-names.ts'

/** Of 64 characters. */
const SECRET_BYTES = 48

const DESCRIPTION =
  "Signs Fenghuo's ack links and heartbeat keys and hashes phone numbers; changing it makes those given out invalid"

const LAMBDA_MS = 10_000

/** The secret of a deployment. */
export interface OwnSecret {
  /** The parameter's name, in each region. */
  parameter: string
  /** The full name of a function that reads it: one of an earlier version tells which secret of Secrets Manager it has. */
  reader: string
  region: string
  /** All regions, in their order. What none of them has yet is made in the first one. */
  regions: string[]
}

/** What became of it. `from`: the region that had it. */
export type Kept = { kind: 'there' } | { kind: 'made' } | { kind: 'copied'; from: string }

/**
 * Sees to it that a region's parameter holds the deployment's secret, and never changes one that is there: all regions have the same, an
 * earlier version's goes on from Secrets Manager, and a new one is made when every region has said that it has none. Deployments that make
 * it at once agree on one by the first region's parameter, which only one of them can put. Rejects with the reason, which holds no value.
 */
export async function keepOwnSecret(
  { parameter, reader, region, regions }: OwnSecret,
  accessTo: (region: string) => Promise<StoreAccess>,
): Promise<Kept> {
  if ((await readParameter(parameter, await accessTo(region))) !== undefined) return { kind: 'there' }
  const known = await knownIn([...new Set([region, ...regions])], parameter, reader, accessTo)
  if (known !== undefined) {
    await putOnce(parameter, known.value, await accessTo(region))
    return { kind: 'copied', from: known.region }
  }
  const [first = region] = regions
  const value = await putOnce(parameter, randomBytes(SECRET_BYTES).toString('base64url'), await accessTo(first))
  if (first !== region) await putOnce(parameter, value, await accessTo(region))
  return { kind: 'made' }
}

/** The first of these regions that has it. Rejects if none has, and one does not say: it may be that one. */
async function knownIn(
  regions: string[],
  parameter: string,
  reader: string,
  accessTo: (region: string) => Promise<StoreAccess>,
): Promise<{ region: string; value: string } | undefined> {
  const silent: Error[] = []
  for (const region of regions) {
    try {
      const access = await accessTo(region)
      const value = (await readParameter(parameter, access)) ?? (await earlier(reader, access))
      if (value !== undefined) return { region, value }
    } catch (error) {
      silent.push(new Error(`${region}: ${error instanceof Error ? error.message : error}`))
    }
  }
  if (silent[0] !== undefined) throw silent[0]
  return undefined
}

/** In place of variables that whoever asks may not decrypt an error stands there (EnvironmentResponse, Lambda API reference). */
interface Environment {
  Variables?: Record<string, string>
  Error?: { ErrorCode?: string; Message?: string }
}

/** The secret that an earlier version keeps in Secrets Manager (GetFunctionConfiguration, Lambda API reference). */
async function earlier(reader: string, access: StoreAccess): Promise<string | undefined> {
  const { env, credentials, now } = access
  const path = `/2015-03-31/functions/${reader}/configuration`
  const call = { service: 'lambda', method: 'GET', path, signal: AbortSignal.timeout(LAMBDA_MS) } as const
  const answer = await callAws(call, env, { now, fetch, credentials: async () => credentials })
  if (answer.status === 404) return undefined
  if (!answer.ok) throw new Error(`lambda:GetFunctionConfiguration ${reader}: ${await reasonOfAws(answer)}`)
  const { Environment: { Variables, Error: hidden } = {} } = (await answer.json()) as { Environment?: Environment }
  if (hidden) throw new Error(`lambda:GetFunctionConfiguration ${reader}: ${hidden.Message ?? hidden.ErrorCode}`)
  const arn = Variables?.[SECRET_ARN]
  return arn?.split(':')[2] === 'secretsmanager' ? readSecret(arn, access) : undefined
}

/** Puts a value where there is none, and resolves to what stands there: that of whoever was first. */
async function putOnce(parameter: string, value: string, access: StoreAccess): Promise<string> {
  try {
    await putParameter(parameter, value, DESCRIPTION, access)
    return value
  } catch (error) {
    const there = await readParameter(parameter, access)
    if (there === undefined) throw error
    return there
  }
}
