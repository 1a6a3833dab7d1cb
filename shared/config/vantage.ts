import * as z from 'zod'
import type { Network } from '../contracts/compiled-config.ts'
import { didYouMean } from '../contracts/suggest.ts'
import { regionCities } from '../messages/cities.ts'
import { keyReference } from './key-reference.ts'

/** Where functions run. */
const clouds = ['aws', 'tencent', 'aliyun'] as const

export const place = z
  .string()
  .regex(new RegExp(`^(${clouds.join('|')})/[a-z0-9-]+$`), {
    error: ({ input }) => `"${input}" is not cloud/region, such as aws/ap-southeast-1; clouds are ${clouds.join(', ')}`,
    abort: true,
  })
  .refine((text) => Object.hasOwn(regionCities, text), {
    error: ({ input }) => noRegion(String(input)),
  })
  .describe('cloud/region, such as aws/ap-southeast-1.')

const id = (what: string) => z.string().min(1).describe(what)

const vpc: z.ZodType<Network> = z.strictObject({
  id: id('The VPC. Tencent Cloud and Alibaba Cloud ask for it; AWS knows it by its subnets.').exactOptional(),
  subnets: z
    .array(id('A subnet; on Alibaba Cloud a vSwitch.'))
    .min(1)
    .describe('AWS and Alibaba Cloud: one or several; Tencent Cloud: one.'),
  securityGroups: z
    .array(id('A security group.'))
    .default([])
    .describe('AWS: at least one; Alibaba Cloud: one; SCF takes none.'),
})

/** A vantage whose functions stand in a network of their owner's. */
export const placed = z
  .strictObject({
    at: place,
    vpc: vpc.exactOptional().describe('A VPC that its functions stand in, so that private addresses can be reached.'),
    reportKeys: z
      .array(keyReference, { error: () => 'must be a list of one or two references, such as [ "${GZ_REPORT_KEY}" ]' })
      .min(1)
      .max(2)
      .exactOptional()
      .describe(
        'Its probes post their reports to `ingest` over HTTPS, signed with the first of these, and hold no key of AWS. Two at a time let a key be changed.',
      ),
  })
  .superRefine(({ at, vpc: network }, context) => {
    if (network === undefined) return
    const rule = rules[at.split('/')[0] as keyof typeof rules]
    for (const [key, message] of mistakesOf(network, rule))
      context.addIssue({ code: 'custom', path: ['vpc', key], message })
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

function mistakesOf(
  { id: own, subnets, securityGroups }: Network,
  rule: Rule,
): [key: keyof Network, message: string][] {
  const { title, subnet } = rule
  const [least, most] = rule.securityGroups
  const wrongSubnet = subnets.find((one) => !one.startsWith(subnet))
  const wrongGroup = securityGroups.find((one) => !one.startsWith('sg-'))
  const found: [keyof Network, string | false][] = [
    ['id', rule.id === undefined && own !== undefined && `has no effect: ${title} knows a VPC by its subnets`],
    ['id', rule.id !== undefined && own === undefined && `is missing: ${title} asks for it, such as vpc-1a2b3c`],
    ['id', rule.id !== undefined && own?.startsWith(rule.id) === false && `"${own}" is no VPC, such as vpc-1a2b3c`],
    ['subnets', subnets.length > rule.subnets && `are ${subnets.length}, and ${title} takes ${rule.subnets}`],
    ['subnets', wrongSubnet !== undefined && `"${wrongSubnet}" is none of ${title}, such as ${subnet}1a2b3c`],
    ['securityGroups', securityGroups.length < least && `are missing: ${title} takes at least ${least}`],
    ['securityGroups', most === 0 && securityGroups.length > 0 && `have no effect: functions of ${title} take none`],
    ['securityGroups', most > 0 && securityGroups.length > most && `are too many: ${title} takes ${most}`],
    ['securityGroups', wrongGroup !== undefined && `"${wrongGroup}" is no security group, such as sg-1a2b3c`],
  ]
  return found.flatMap(([key, message]) => (message === false ? [] : [[key, message] as [keyof Network, string]]))
}

function noRegion(text: string): string {
  const [cloud = '', region = ''] = text.split('/')
  const regions = Object.keys(regionCities).filter((one) => one.startsWith(`${cloud}/`))
  const names = regions.map((one) => one.slice(cloud.length + 1))
  return `${cloud} has no region ${region}${didYouMean(region, names)}; it has ${names.join(', ')}`
}
