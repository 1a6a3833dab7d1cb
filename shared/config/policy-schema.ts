import * as z from 'zod'
import { voiceRoutes } from '../channels/registered/voice-routes.ts'
import { duration } from '../contracts/duration.ts'
import { wrong } from '../contracts/mistake.ts'
import { reaches } from '../contracts/reach.ts'
import { perSeverity, type Severity } from '../contracts/severities.ts'
import { type SeverityRow, severityTable } from '../contracts/severity-table.ts'
import type { Bilingual } from '../contracts/words.ts'
import { layerDefaults, policyDefaults } from '../oncall/policy.ts'
import { windows } from '../oncall/schema.ts'

/** The keys of a policy in `fenghuo.yml`. */

const reach = ({ en, zh, reach: usual }: SeverityRow) =>
  z.array(z.enum(reaches)).meta({
    description: `What incidents that are ${en.toLowerCase()} use.`,
    zh: `“${zh}”级告警单所用的渠道。`,
    default: [...usual],
  })

const reachOfLayer = ({ en, zh }: SeverityRow) =>
  z.array(z.enum(reaches)).meta({
    description: `What this layer uses for incidents that are ${en.toLowerCase()}.`,
    zh: `这一层为“${zh}”级告警单所用的渠道。`,
    absent: { en: 'as the policy has it', zh: '同策略' },
    examples: [['phone', 'chat']],
  })

const waits = ({ en, zh }: SeverityRow) =>
  duration('10s', '1d')
    .exactOptional()
    .meta({
      description: `How long incidents that are ${en.toLowerCase()} wait.`,
      zh: `“${zh}”级告警单等待多久。`,
      absent: { en: 'none', zh: '不等待' },
      examples: ['5m'],
    })

const [, ...notWorst] = severityTable
const rises = ({ en, zh, urgent }: SeverityRow) =>
  duration('5m', '7d')
    .exactOptional()
    .meta({
      description: `How long incidents that are ${en.toLowerCase()} may be nobody's.`,
      zh: `“${zh}”级告警单可以多久无人认领。`,
      absent: { en: 'it stays as it is', zh: '不变' },
      examples: [urgent ? '30m' : '4h'],
    })
const optionalRise = rises(notWorst[0])
const raises = Object.fromEntries(notWorst.map((row) => [row.name, rises(row)])) as Record<
  (typeof notWorst)[number]['name'],
  typeof optionalRise
>

const held = windows.check(
  z.meta({
    description: 'By the time zone of fenghuo.yml.',
    zh: '按 fenghuo.yml 的时区。',
    examples: ['22:00-09:00', ['Mon-Fri 20:00-09:00', 'Sat,Sun']],
  }),
)

const fewer = ({ type, title }: { type: string; title: Bilingual }) => {
  const calls = z
    .int()
    .min(1)
    .max(5)
    .exactOptional()
    .meta({
      description: `Where calls go by ${title.en}.`,
      zh: `经${title.zh}呼叫时。`,
      absent: { en: 'as the layer has it', zh: '按各层的次数' },
      examples: [1],
    })
  return [type, calls] as const
}

const holdable = severityTable.filter((row) => row.holdable).map(({ name }) => name)
const neverHeld = severityTable.filter((row) => !row.holdable).map(({ name }) => `\`${name}\``)
const optionalHeld = z.exactOptional(held)
const holds = Object.fromEntries(holdable.map((name) => [name, optionalHeld])) as Record<Severity, typeof optionalHeld>

const oneOrMore = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)])

const acknowledgeOn = z.enum(['key', 'answer'])

const layerKeys = z.strictObject({
  page: oneOrMore.exactOptional().meta({
    description:
      'Contacts or schedules of oncall.yml: a contact, a schedule (who is on call now), or schedule.next (next in the rotation).',
    zh: 'oncall.yml 的联系人或排班：联系人、排班（当前值班者），或 排班.next（轮值中的下一位）。',
    absent: { en: 'nobody; robots alone have the time of the layer', zh: '不呼叫人；这一层的时间只留给机器人' },
    examples: ['lin', 'sre', ['sre.next', 'chen']],
  }),
  chat: oneOrMore.exactOptional().meta({
    description: 'Robots that are told from this layer on, where the severity uses `chat`.',
    zh: '从这一层起告知的机器人，须该级用到 `chat`。',
    absent: { en: "the project's alone", zh: '只有项目的机器人' },
    examples: ['managers', ['managers', 'duty']],
  }),
  calls: z
    .int()
    .min(1)
    .max(5)
    .default(layerDefaults.calls)
    .meta({ description: 'How often each phone is called.', zh: '每部电话呼叫几次。' }),
  ackTimeout: duration('30s', '1d')
    .prefault(layerDefaults.ackTimeout)
    .meta({ description: 'After so long the next layer is paged.', zh: '这么久之后呼叫下一层。' }),
  channels: z
    .strictObject(perSeverity((row) => reachOfLayer(row).exactOptional()))
    .exactOptional()
    .meta({
      description: 'What this layer uses for a severity; with an empty list the layer is left out for it.',
      zh: '这一层某级所用的渠道；空列表表示该级跳过这一层。',
      absent: { en: 'as the policy has it', zh: '同策略' },
      examples: [{ error: ['phone', 'sms'], warning: [] }],
    }),
  acknowledgeOn: acknowledgeOn.exactOptional().meta({
    description: 'What stops the phones of this layer.',
    zh: '什么让这一层的电话停下。',
    absent: { en: 'as the policy has it', zh: '同策略' },
    examples: ['answer'],
  }),
})

const layer = layerKeys.refine(
  ({ page, chat }) => page !== undefined || chat !== undefined,
  wrong('layer-empty', {
    en: 'reaches nobody: write whom it pages (`page`), or which robots it tells (`chat`)',
    zh: '谁也找不到：写明呼叫谁（`page`），或告知哪些机器人（`chat`）',
  }),
)

export const policy = z.strictObject({
  layers: z
    .array(layer)
    .min(1)
    .max(20)
    .meta({ description: 'Who is reached, one layer after the other.', zh: '逐层呼叫的人。' }),
  callsBy: z
    .strictObject(Object.fromEntries(Object.values(voiceRoutes).map(fewer)))
    .exactOptional()
    .meta({
      description: 'Fewer calls than a layer has, to phones whose first route is of this type.',
      zh: '首选线路是这种类型的电话，每层只呼叫这么多次。',
      absent: { en: 'as the layer has it', zh: '按各层的次数' },
      examples: [{ 'tencent-vms': 1 }],
    }),
  rounds: z
    .int()
    .min(1)
    .max(10)
    .default(policyDefaults.rounds)
    .meta({ description: 'How often the list of layers is tried.', zh: '各层走几轮。' }),
  repeatEvery: duration('5m', '1d').prefault(policyDefaults.repeatEvery).meta({
    description: 'After exhaustion everybody is called again this often, until acknowledged or resolved.',
    zh: '各轮都无人认领之后，每隔这么久再呼叫所有人，直到认领或恢复。',
  }),
  acknowledgeOn: acknowledgeOn.default(policyDefaults.acknowledgeOn).meta({
    description: 'What stops the phone: a key press, or an answered call (voicemail answers, too).',
    zh: '什么让电话停下：按键（key），或接通（answer；语音信箱也会接通）。',
  }),
  channels: z
    .strictObject(perSeverity((row) => reach(row).exactOptional()))
    .exactOptional()
    .meta({
      description: 'What each severity uses; chat is the robots of the project. One that is left out tells nobody.',
      zh: '各严重程度用哪些渠道；chat 是项目的群机器人。没写的那一级不通知任何人。',
      absent: { en: 'each as below', zh: '各级如下' },
    }),
  ackExpires: duration('5m', '7d')
    .exactOptional()
    .meta({
      description:
        'An acknowledgement ends after so long: whoever has it is reminded before, by text and in the chat, and the incident pages again unless it is acknowledged once more.',
      zh: '认领的有效期：到期前用短信和群消息提醒认领人；未再次认领则再次呼叫。',
      absent: { en: 'it lasts until the end', zh: '一直有效' },
      examples: ['2h'],
    }),
  acknowledgements: z
    .union([z.int().min(2).max(5), z.array(z.string()).min(1).max(5)])
    .exactOptional()
    .meta({
      description:
        'How many people have to take an incident, or somebody of each of these contacts and schedules: until then the phones go on for the missing ones.',
      zh: '需要几个人认领；或写联系人和排班，其中每个都须有人认领。在此之前继续呼叫还缺的人。',
      absent: { en: 'one', zh: '一人' },
      examples: [2, ['sre', 'dba']],
    }),
  delay: z
    .strictObject(perSeverity(waits))
    .exactOptional()
    .meta({
      description: 'An incident of a severity pages and is told only if it still burns so long after it began.',
      zh: '某级告警单触发这么久之后仍未恢复，才呼叫和通知。',
      absent: { en: 'at once', zh: '立即' },
      examples: [{ warning: '5m' }],
    }),
  raiseAfter: z
    .strictObject(raises)
    .exactOptional()
    .meta({
      description:
        'An incident of a severity that nobody has taken so long after its first layer began has the next worse one until it is over, and pages as that where no phone has rung.',
      zh: '某级告警单从第一层开始这么久仍无人认领，就升为更严重的一级直到结束；若还没有电话响过，按新的一级呼叫。',
      absent: { en: 'each stays as it is', zh: '各级不变' },
      examples: [{ error: '30m', warning: '4h' }],
    }),
  remindEvery: duration('15m', '7d')
    .exactOptional()
    .meta({
      description:
        'What only robots are told of, for its severity pages nobody, is told again this often until somebody has it or it is over.',
      zh: '只告知群的告警单（该级不呼叫人），未认领也未恢复时每隔这么久再提醒一次。',
      absent: { en: policyDefaults.remindEvery, zh: policyDefaults.remindEvery },
      examples: ['1h'],
    }),
  hold: z
    .strictObject(holds)
    .exactOptional()
    .meta({
      description: `When incidents of a severity wait: they page and are told at the end of the window, if they still burn. Never held: ${neverHeld.join(', ')}.`,
      zh: `某级告警单在哪些时段先等着：时段结束时仍未恢复才呼叫和通知。${neverHeld.join('、')} 从不等待。`,
      absent: { en: 'none waits', zh: '都不等待' },
      examples: [{ warning: '22:00-09:00' }],
    }),
})
export type Policy = z.infer<typeof policy>
