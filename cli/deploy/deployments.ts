import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { CommandError } from '../failure.ts'

/** One run of `sls deploy`. */
export interface Deployment {
  /** For people and for `--only`: `aws/ap-southeast-1`. */
  name: string
  cloud: string
  region: string
  /** The Serverless Framework's configuration. */
  config: string
  /** `primary`: queues, tables and what judges and pages, in each of `regions`. `probe`: only looks. */
  role: 'primary' | 'probe'
}

/** What a deployment in each cloud is made from. In AWS it is that of a probe in a further region. */
export const probeConfigs: Record<string, string> = {
  aws: 'serverless.probe.yml',
  tencent: 'serverless.tencent.yml',
  aliyun: 'serverless.aliyun.yml',
}

/**
 * Every deployment that the vantages ask for, the regions that page first and in their order: those of `regions`, or `region` where there
 * is one alone. Throws a `CommandError` for what cannot be meant.
 */
export function deploymentsOf(
  { vantages, regions }: Pick<CompiledConfig, 'vantages' | 'regions'>,
  region: string,
): Deployment[] {
  const order = regions?.order ?? [region]
  const [first = region] = order
  if (first !== region)
    throw new CommandError({
      en: `${first} is the first of \`regions\`, and not ${region}: leave --region out (--only deploys to one of them alone)`,
      zh: `\`regions\` 的第一个是 ${first}，不是 ${region}：不要写 --region（只部署其中一个用 --only）`,
    })
  const homes = order.map((one) => `aws/${one}`)
  const places = new Set(Object.values(vantages))
  for (const home of homes)
    if (!places.has(home))
      throw new CommandError({
        en: `${home} is no vantage: name it in the configuration${regions ? '' : ', or the primary region with --region'}`,
        zh: `${home} 不是观测点：写进配置${regions ? '' : '，或用 --region 指明主地域'}`,
      })
  return [
    ...homes.map((home): Deployment => ({ ...placed(home), config: 'serverless.yml', role: 'primary' })),
    ...[...places].filter((place) => !homes.includes(place)).map(probeAt),
  ]
}

/** Those that `only` calls by their clouds, vantages by name or place, or `primary`. Throws a `CommandError`. */
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
