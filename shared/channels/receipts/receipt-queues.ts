import * as z from 'zod'
import { wrong } from '../../contracts/mistake.ts'
import type { ReceiptQueue } from '../../contracts/receipt-queue.ts'

/** The setting by which receipts are read from the vendor's queues instead of being posted; `types` are those of its messages. */
export function receiptQueues(...types: [string, ...string[]]) {
  const [first] = types
  const name = new RegExp(`^Alicom-Queue-[\\w-]+-(${types.join('|')})$`)
  return z
    .strictObject({
      queues: z
        .array(
          z.string().regex(
            name,
            wrong('no-receipt-queue', {
              en: `should be the name of a queue of the console, such as Alicom-Queue-1234567890-${first}`,
              zh: `应为控制台里的队列名，如 Alicom-Queue-1234567890-${first}`,
            }),
          ),
        )
        .min(1)
        .max(10)
        .meta({
          description: 'As the console names them.',
          zh: '控制台里的名称。',
          examples: [types.map((type) => `Alicom-Queue-1234567890-${type}`)],
        }),
      at: z
        .string()
        .regex(
          /^aliyun\/[a-z0-9-]+$/,
          wrong('no-receipt-place', {
            en: 'should be a region of Alibaba Cloud, such as aliyun/cn-hangzhou',
            zh: '应为阿里云的地域，如 aliyun/cn-hangzhou',
          }),
        )
        .meta({
          description:
            'Where serverless.aliyun.yml deploys the function that reads them: the place of one of the vantages.',
          zh: '读取它们的函数由 serverless.aliyun.yml 部署在哪里：某个观测点所在的地域。',
          examples: ['aliyun/cn-hangzhou'],
        }),
    })
    .optional()
    .meta({
      description: 'Queues of the vendor that receipts are read from, for whoever does not let it post them.',
      zh: '从厂商的队列读取回执，用于不让厂商推送的情形。',
      absent: { en: 'the vendor posts them', zh: '由厂商推送' },
    })
}

/** By the type of a channel or route, the variable of the address that its receipts go to, which `doctor` shows, and whose queues they are. */
const ways: Record<string, { variable: string; isIntl?: true }> = {
  'aliyun-ivr': { variable: 'FENGHUO_VOICE_RECEIPTS_URL' },
  'aliyun-tts': { variable: 'FENGHUO_VOICE_RECEIPTS_URL' },
  'aliyun-sms': { variable: 'FENGHUO_SMS_RECEIPTS_URL' },
  'aliyun-sms-intl': { variable: 'FENGHUO_SMS_INTL_RECEIPTS_URL', isIntl: true },
}

/** Which queues hold the receipts of a channel or route, where they are read, and the variable that says where they go. */
export interface ReadQueues {
  queues: string[]
  at: string
  variable: string
  isIntl?: true
}

/** Undefined: the vendor posts them. */
export function queuesOf(type: string, settings: unknown): ReadQueues | undefined {
  const way = ways[type]
  const { receipts } = Object(settings)
  return way === undefined || receipts === undefined ? undefined : { ...receipts, ...way }
}

/** The queues that are read from `place` (`cloud/region`), each once. */
export function receiptQueuesAt(
  place: unknown,
  channels: Record<string, { type: string; settings: unknown }>,
): ReceiptQueue[] {
  const all = Object.values(channels).flatMap(({ type, settings }) => {
    const { routes = [] } = Object(settings) as { routes?: { type: string; settings: unknown }[] }
    return [{ type, settings }, ...routes]
  })
  const found = all.flatMap(({ type, settings }): [string, ReceiptQueue][] => {
    const { queues = [], at, variable, isIntl } = queuesOf(type, settings) ?? {}
    const to = `\${${variable}}`
    return at === place ? queues.map((queue) => [queue, { queue, to, ...(isIntl && { isIntl }) }]) : []
  })
  return [...new Map(found).values()]
}
