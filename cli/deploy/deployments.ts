import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { regionCities } from '../../shared/messages/cities.ts'
import { CommandError } from '../failure.ts'

/** One run of `sls deploy`. */
export interface Deployment {
  /** For people and for `--only`: `aws/ap-southeast-1`, `standby`. */
  name: string
  cloud: string
  region: string
  /** The Serverless Framework's configuration. */
  config: string
  /** `primary`: queues, tables and what judges and pages. `standby`: the queue that stands by. `probe`: only looks. */
  role: 'primary' | 'standby' | 'probe'
}

/** What a deployment in each cloud is made from. In AWS it is that of a probe in a further region. */
export const probeConfigs: Record<string, string> = {
  aws: 'serverless.probe.yml',
  tencent: 'serverless.tencent.yml',
  aliyun: 'serverless.aliyun.yml',
}

export interface Choice {
  /** The primary region, in AWS. */
  region: string
  /** The region of the queue that stands by, if there is to be one. */
  standby?: string
}

/** Every deployment that the vantages ask for, the primary region first. Throws a `CommandError` for what cannot be meant. */
export function deploymentsOf({ vantages }: Pick<CompiledConfig, 'vantages'>, choice: Choice): Deployment[] {
  const home = `aws/${choice.region}`
  const places = new Set(Object.values(vantages))
  if (!places.has(home))
    throw new CommandError({
      en: `${home} is no vantage: name it in the configuration, or the primary region with --region`,
      zh: `${home} 不是观测点：写进配置，或用 --region 指明主地域`,
    })
  if (choice.standby === choice.region)
    throw new CommandError({
      en: `the queue that stands by has to be in another region than ${choice.region}`,
      zh: `备用队列要放在 ${choice.region} 以外的地域`,
    })
  if (choice.standby !== undefined && !Object.hasOwn(regionCities, `aws/${choice.standby}`))
    throw new CommandError({
      en: `--standby ${choice.standby}: AWS has no such region`,
      zh: `--standby ${choice.standby}：AWS 没有这个地域`,
    })
  const all: Deployment[] = [
    { ...placed(home), config: 'serverless.yml', role: 'primary' },
    ...(choice.standby === undefined ? [] : [standbyIn(choice.standby)]),
    ...[...places].filter((place) => place !== home).map(probeAt),
  ]
  return all
}

/** Those that `only` calls by their clouds, vantages by name or place, `primary` or `standby`. Throws a `CommandError`. */
export function chosenOf(all: Deployment[], vantages: Naming, only: string[]): Deployment[] {
  const names = [...new Set(all.flatMap((one) => namesOf(one, vantages)))]
  for (const name of only) if (!names.includes(name)) throw unknown(name, names)
  return all.filter((one) => namesOf(one, vantages).some((name) => only.includes(name)))
}

function placed(place: string): Pick<Deployment, 'name' | 'cloud' | 'region'> {
  const [cloud = '', region = ''] = place.split('/')
  return { name: place, cloud, region }
}

function probeAt(place: string): Deployment {
  const where = placed(place)
  const config = probeConfigs[where.cloud]
  if (config === undefined)
    throw new CommandError({
      en: `${place}: nothing is deployed to ${where.cloud}`,
      zh: `${place}：不向 ${where.cloud} 部署任何东西`,
    })
  return { ...where, config, role: 'probe' }
}

function standbyIn(region: string): Deployment {
  return { name: 'standby', cloud: 'aws', region, config: 'serverless.standby.yml', role: 'standby' }
}

/** Vantages' places by their short names. */
export type Naming = CompiledConfig['vantages']

/** What a deployment may be called by. */
export function namesOf({ name, cloud, role }: Deployment, vantages: Naming): string[] {
  const given = Object.entries(vantages).flatMap(([vantage, place]) => (place === name ? [vantage] : []))
  return [name, cloud, ...given, ...(role === 'primary' ? ['primary'] : [])]
}

function unknown(name: string, names: string[]): CommandError {
  const guess = didYouMean(name, names)
  return new CommandError({
    en: `--only ${name}: there is no such deployment${guess.en}. There are ${names.join(', ')}`,
    zh: `--only ${name}：没有这个部署${guess.zh}。有 ${names.join('、')}`,
  })
}
