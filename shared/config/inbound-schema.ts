import * as z from 'zod'
import { wrong } from '../contracts/mistake.ts'
import { guides } from '../ingest/registered/guides.ts'
import { keyReference } from './key-reference.ts'

const perMinute = z.int().min(1).max(100_000).meta({
  description: 'So many requests a minute are taken of each running copy of the function.',
  zh: '函数的每个运行副本每分钟接受这么多请求。',
})

const REQUESTS_PER_MINUTE = 600

const inboundKey = z.union([
  keyReference.transform((key) => ({ key, perMinute: REQUESTS_PER_MINUTE })),
  z.strictObject({
    key: keyReference.meta({
      description: 'The key: a reference to the environment.',
      zh: '密钥：写成对环境变量的引用。',
      examples: ['${PAY_KEY}'],
    }),
    perMinute: perMinute.default(REQUESTS_PER_MINUTE),
  }),
])

const inbound = z.strictObject(
  Object.fromEntries(
    guides.flatMap(({ format: { format }, options }) =>
      options === undefined
        ? []
        : [[format, options.schema.optional().meta({ description: options.summary.en, zh: options.summary.zh })]],
    ),
  ),
)

/** The keys of a project that say by what other systems send it their alerts. */
export const inboundKeys = {
  inbound: inbound.exactOptional().meta({
    description: 'What some formats of other systems need to know; docs/inbound.md.',
    zh: '其他系统的某些格式需要的设置，见 docs/inbound.md。',
  }),
  keys: z
    .array(
      inboundKey,
      wrong('no-references', {
        en: 'must be a list of references, such as [ "${PAY_KEY}" ]',
        zh: '应为引用的列表，如 [ "${PAY_KEY}" ]',
      }),
    )
    .min(1)
    .max(10)
    .exactOptional()
    .meta({
      description: 'With one of these other systems send their alerts: references. Two at a time let a key be changed.',
      zh: '其他系统凭其中之一发来告警：写成引用。同时写两个便于更换。',
      examples: [['${PAY_KEY}', { key: '${PAY_KEY_OLD}', perMinute: 60 }]],
    }),
}
