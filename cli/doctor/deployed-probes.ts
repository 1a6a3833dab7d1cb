import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { readSource } from '../../local/place.ts'
import { type Backend, CloudError } from '../../plugins/provider/backend.ts'
import type { Surroundings } from '../../plugins/provider/service.ts'
import { FoundError } from '../../shared/channels/diagnoses/finding.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { BilingualError } from '../../shared/contracts/bilingual-error.ts'
import type { Network } from '../../shared/contracts/compiled-config.ts'
import { found } from '../words/findings/deployed-probes.ts'
import { networkIn } from './deployed-network.ts'
import type { Patient } from './patient.ts'

/** A probe's function as its cloud tells of it. */
export interface DeployedProbe {
  name: string
  env: Env
  /** Absent: it stands in none. */
  network?: Network
}

/** The service's name in the configurations of all clouds. */
const SERVICE = 'fenghuo'

/** The probe's functions at a vantage; none if nothing of the stage is deployed there. Rejects with why it can't be told. */
export async function deployedProbes(vantage: string, patient: Patient): Promise<DeployedProbe[]> {
  const [cloud = '', region = ''] = vantage.split('/')
  const probes = cloud === 'aws' ? [await ofAws(region, patient)] : await ofCloud(cloud, region, patient)
  for (const { env } of probes) patient.keep(env)
  return probes
}

async function ofAws(region: string, { stage, target, lambda, lambdaIn }: Patient): Promise<DeployedProbe> {
  const isHome = region === target.env.AWS_REGION
  const { env, VpcConfig } = isHome
    ? await lambda('probe')
    : await lambdaIn(region, `${SERVICE}-probe-${stage}-probe`, 'serverless.probe.yml')
  const network = networkIn(VpcConfig)
  return { name: 'probe', env, ...(network && { network }) }
}

async function ofCloud(cloud: string, region: string, patient: Patient): Promise<DeployedProbe[]> {
  const backend = await connected(cloud, region, patient).catch((error: unknown): never => {
    if (!(error instanceof BilingualError)) throw error
    throw new FoundError(found('no-key', error.words))
  })
  try {
    const units = await Promise.all((await backend.list()).map((unit) => backend.read(unit, [])))
    const functions = units.flatMap((unit) => unit?.functions ?? []).filter(({ ours }) => ours)
    return functions.map(({ name, live, latest }) => {
      const { configuration } = live ?? latest
      // In both clouds the environment, and nothing else, is what must not be shown.
      const env = Object.assign({}, ...backend.secretFields.map((field) => configuration[field])) as Env
      const network = networkIn(configuration.VpcConfig ?? configuration.vpcConfig)
      return { name, env, ...(network && { network }) }
    })
  } catch (error) {
    if (!(error instanceof CloudError)) throw error
    const by = `${error.action}: ${error.code}`
    throw new FoundError(found('unseen', error.words, by, error.advice))
  }
}

/** With the credentials of whoever deploys there, found as the plugins find them. */
async function connected(cloud: string, region: string, patient: Patient): Promise<Backend> {
  const { env, now, root, stage = '' } = patient
  const around: Surroundings = {
    env,
    home: env.HOME || homedir(),
    now,
    readText: (file) => readFile(file, 'utf8').catch(() => undefined),
    wait: async (ms) => wait(ms),
    random: Math.random,
  }
  const service = { name: SERVICE, stage, region }
  if (cloud === 'tencent') {
    const { connect } = await import('../../plugins/tencent/connect.ts')
    return connect({ ...service, provider: { name: cloud } }, around, [])
  }
  const { connect } = await import('../../plugins/aliyun/connect.ts')
  return connect({ ...service, provider: aliyunProvider(join(root, 'serverless.aliyun.yml')) }, around, [])
}

/** Accounts that run on Function Compute 2.0 say so in the configuration. */
function aliyunProvider(file: string): { name: 'aliyun'; api?: '2.0'; accountId?: string } {
  const { provider = {} } = readSource(file).data as { provider?: { api?: unknown; accountId?: unknown } }
  const { api, accountId } = provider
  return {
    name: 'aliyun',
    ...(String(api) === '2.0' || String(api) === '2' ? { api: '2.0' } : {}),
    ...(/^\d+$/.test(String(accountId)) ? { accountId: String(accountId) } : {}),
  }
}
