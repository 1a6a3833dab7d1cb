import * as z from 'zod'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { duration } from '../contracts/duration.ts'
import { type Mistake, mistake, noteMistakes, wrong } from '../contracts/mistake.ts'
import { didYouMean } from '../contracts/suggest.ts'
import { regionCities } from '../messages/cities.ts'

const known = Object.keys(regionCities).flatMap((place) => (place.startsWith('aws/') ? [place.slice(4)] : []))

/** What is wrong with a text that should be a region of AWS. */
export function noRegion(text: string): Mistake | undefined {
  if (known.includes(text)) return undefined
  const meant = didYouMean(text, known)
  return mistake('no-region', {
    en: `"${text}" is no region of AWS${meant.en}`,
    zh: `“${text}”不是 AWS 的地域${meant.zh}`,
  })
}

/** A region of AWS. */
const region = z.string().refine(
  (text) => known.includes(text),
  wrong('no-region', (input) => noRegion(String(input))?.words ?? { en: '', zh: '' }),
)

/** Accounts, and addresses, are of one partition alone (AWS General Reference, "Amazon Resource Names"). */
function partitionOf(region: string): string {
  return /^(cn|us-gov)-/.exec(region)?.[1] ?? 'aws'
}

/** The longest guard that leaves room for the rest of the promise. */
const LONGEST_GUARD = '10m'

/** The keys of `fenghuo.yml` that say where the same stack is deployed besides. */
export const regionsKeys = {
  regions: z
    .array(region)
    .min(2)
    .max(5)
    .superRefine((regions, context) => {
      const [first = ''] = regions
      const apart = regions.findIndex((one) => partitionOf(one) !== partitionOf(first))
      if (apart >= 0) {
        const words = {
          en: `${regions[apart]} is in another partition of AWS than ${first}: neither reaches the other with the keys of its account`,
          zh: `${regions[apart]} 与 ${first} 不在同一个 AWS 分区：用各自账号的密钥连不上对方`,
        }
        noteMistakes(context, [[String(apart), mistake('another-partition', words)]])
      }
      const twice = regions.findIndex((one, index) => regions.indexOf(one) < index)
      if (twice < 0) return
      const words = {
        en: `${regions[twice]} is there already: each region has one place in the order`,
        zh: `${regions[twice]} 已经写过：每个地域在顺序中只占一位`,
      }
      noteMistakes(context, [[String(twice), mistake('named-twice', words)]])
    })
    .exactOptional()
    .meta({
      description:
        'Regions of AWS that the same stack is deployed to, in order: the first pages, and each other one pages what those before it do not.',
      zh: '同一套部署所在的各 AWS 地域，按顺序：第一个呼叫，前面的没有呼叫时由后面的接替。',
      absent: { en: 'one region alone', zh: '只有一个地域' },
      examples: [['ap-southeast-1', 'ap-northeast-1']],
    }),
  guard: duration('5s', LONGEST_GUARD)
    .exactOptional()
    .meta({
      description: 'A region may be so late with its word before the next one asks, and pages in its stead.',
      zh: '一个地域的告知最多迟这么久，下一个地域就会询问，必要时接替呼叫。',
      default: '60s',
      examples: ['30s'],
    }),
}

const GUARD_MS = 60_000

/** What the keys are compiled to; undefined for one region alone. */
export function compiledRegions({
  regions,
  guard = GUARD_MS,
}: {
  regions?: string[]
  guard?: number
}): CompiledConfig['regions'] {
  return regions && { order: regions, guardMs: guard }
}
