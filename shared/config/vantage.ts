import * as z from 'zod'
import type { Network } from '../contracts/compiled-config.ts'
import { type Mistake, mistake, noteMistakes, wrong } from '../contracts/mistake.ts'
import { didYouMean } from '../contracts/suggest.ts'
import type { Bilingual } from '../contracts/words.ts'
import { regionCities } from '../messages/cities.ts'
import { keyReference } from './key-reference.ts'

/** Where functions run. */
const clouds = ['aws', 'tencent', 'aliyun'] as const

export const place = z
  .string()
  .regex(new RegExp(`^(${clouds.join('|')})/[a-z0-9-]+$`), {
    ...wrong('no-place', (input) => ({
      en: `"${input}" is not cloud/region, such as aws/ap-southeast-1; clouds are ${clouds.join(', ')}`,
      zh: `“${input}”不是 云/地域，如 aws/ap-southeast-1；云有 ${clouds.join('、')}`,
    })),
    abort: true,
  })
  .refine(
    (text) => Object.hasOwn(regionCities, text),
    wrong('no-region', (input) => noRegion(String(input))),
  )
  .meta({
    description: 'cloud/region.',
    zh: '云/地域。',
    examples: ['aws/ap-southeast-1', 'tencent/ap-guangzhou', 'aliyun/cn-hangzhou'],
  })

const id = z.string().min(1)

const vpc: z.ZodType<Network> = z.strictObject({
  id: id.exactOptional().meta({
    description: 'The VPC. Tencent Cloud and Alibaba Cloud ask for it; AWS knows it by its subnets.',
    zh: 'VPC。腾讯云和阿里云需要；AWS 由子网得知。',
    examples: ['vpc-bp1example'],
  }),
  subnets: z
    .array(id)
    .min(1)
    .meta({
      description: 'Subnets (vSwitches). AWS and Alibaba Cloud: one or several; Tencent Cloud: one.',
      zh: '子网（交换机）。AWS、阿里云一个或多个，腾讯云一个。',
      examples: [['subnet-0example1', 'subnet-0example2']],
    }),
  securityGroups: z
    .array(id)
    .default([])
    .meta({
      description: 'Security groups. AWS: at least one; Alibaba Cloud: one; SCF takes none.',
      zh: '安全组。AWS 至少一个，阿里云一个，SCF 不用。',
      examples: [['sg-0example']],
    }),
})

/** A vantage whose functions stand in a network of their owner's. */
export const placed = z
  .strictObject({
    at: place,
    vpc: vpc.exactOptional().meta({
      description: 'A VPC that its functions stand in, so that private addresses can be reached.',
      zh: '函数所在的 VPC，用来访问私网地址。',
    }),
    reportKeys: z
      .array(
        keyReference,
        wrong('no-references', {
          en: 'must be a list of one or two references, such as [ "${GZ_REPORT_KEY}" ]',
          zh: '应为一个或两个引用的列表，如 [ "${GZ_REPORT_KEY}" ]',
        }),
      )
      .min(1)
      .max(2)
      .exactOptional()
      .meta({
        description:
          'Its probes post their reports to `ingest` over HTTPS, signed with the first of these, and hold no key of AWS. Two at a time let a key be changed.',
        zh: '探针用第一个密钥签名，经 HTTPS 把上报发给 `ingest`，不持有 AWS 密钥。同时写两个便于更换。',
        examples: [['${GZ_REPORT_KEY}']],
      }),
  })
  .superRefine(({ at, vpc: network }, context) => {
    if (network === undefined) return
    const rule = rules[at.split('/')[0] as keyof typeof rules]
    noteMistakes(context, mistakesOf(network, rule), ['vpc'])
  })

interface Rule {
  title: string
  /** What its names begin with; absent: it takes none. */
  id?: string
  subnet: string
  /** How many it takes at most. */
  subnets: number
  securityGroups: [least: number, most: number]
}

const ANY = 16

/**
 * What the clouds take: Lambda API reference, "VpcConfig" (16 subnets, 5 groups); SCF API, "VpcConfig"; Function Compute API,
 * "VPCConfig" (one group).
 */
const rules: Record<(typeof clouds)[number], Rule> = {
  aws: { title: 'AWS', subnet: 'subnet-', subnets: ANY, securityGroups: [1, 5] },
  tencent: { title: 'Tencent Cloud', id: 'vpc-', subnet: 'subnet-', subnets: 1, securityGroups: [0, 0] },
  aliyun: { title: 'Alibaba Cloud', id: 'vpc-', subnet: 'vsw-', subnets: ANY, securityGroups: [1, 1] },
}

function mistakesOf({ id: own, subnets, securityGroups }: Network, rule: Rule): [key: string, mistake: Mistake][] {
  const { title, subnet } = rule
  const [least, most] = rule.securityGroups
  const wrongSubnet = subnets.find((one) => !one.startsWith(subnet))
  const wrongGroup = securityGroups.find((one) => !one.startsWith('sg-'))
  const found: [key: keyof Network, isFound: boolean, code: string, words: Bilingual][] = [
    [
      'id',
      rule.id === undefined && own !== undefined,
      'no-effect',
      { en: `has no effect: ${title} knows a VPC by its subnets`, zh: `没有作用：${title} 由子网得知 VPC` },
    ],
    [
      'id',
      rule.id !== undefined && own === undefined,
      'missing',
      { en: `is missing: ${title} asks for it, such as vpc-1a2b3c`, zh: `没有写：${title} 需要它，如 vpc-1a2b3c` },
    ],
    [
      'id',
      rule.id !== undefined && own?.startsWith(rule.id) === false,
      'no-vpc',
      { en: `"${own}" is no VPC, such as vpc-1a2b3c`, zh: `“${own}”不是 VPC，如 vpc-1a2b3c` },
    ],
    [
      'subnets',
      subnets.length > rule.subnets,
      'too-many',
      {
        en: `are ${subnets.length}, and ${title} takes ${rule.subnets}`,
        zh: `有 ${subnets.length} 个，${title} 只收 ${rule.subnets} 个`,
      },
    ],
    [
      'subnets',
      wrongSubnet !== undefined,
      'no-subnet',
      {
        en: `"${wrongSubnet}" is none of ${title}, such as ${subnet}1a2b3c`,
        zh: `“${wrongSubnet}”不是 ${title} 的子网，如 ${subnet}1a2b3c`,
      },
    ],
    [
      'securityGroups',
      securityGroups.length < least,
      'missing',
      { en: `are missing: ${title} takes at least ${least}`, zh: `没有写：${title} 至少要 ${least} 个` },
    ],
    [
      'securityGroups',
      most === 0 && securityGroups.length > 0,
      'no-effect',
      { en: `have no effect: functions of ${title} take none`, zh: `没有作用：${title} 的函数不用安全组` },
    ],
    [
      'securityGroups',
      most > 0 && securityGroups.length > most,
      'too-many',
      { en: `are too many: ${title} takes ${most}`, zh: `太多：${title} 只收 ${most} 个` },
    ],
    [
      'securityGroups',
      wrongGroup !== undefined,
      'no-security-group',
      { en: `"${wrongGroup}" is no security group, such as sg-1a2b3c`, zh: `“${wrongGroup}”不是安全组，如 sg-1a2b3c` },
    ],
  ]
  return found.flatMap(([key, isFound, code, told]) =>
    isFound ? [[key, mistake(code, told)] as [string, Mistake]] : [],
  )
}

function noRegion(text: string): Bilingual {
  const [cloud = '', region = ''] = text.split('/')
  const regions = Object.keys(regionCities).filter((one) => one.startsWith(`${cloud}/`))
  const names = regions.map((one) => one.slice(cloud.length + 1))
  const guess = didYouMean(region, names)
  return {
    en: `${cloud} has no region ${region}${guess.en}; it has ${names.join(', ')}`,
    zh: `${cloud} 没有地域 ${region}${guess.zh}；有 ${names.join('、')}`,
  }
}
