import * as z from 'zod'
import { checkKindConfigs } from '../checks/registered/configs.ts'
import { name } from '../contracts/name.ts'
import { type Json, json, mapping, merge, published, record } from './annotated.ts'
import { consoleSection } from './console-schema.ts'
import { failover } from './failover-schema.ts'
import { oncallFile } from './oncall-file.ts'
import { inhibition, maintenance } from './pause-schema.ts'
import { PER_VANTAGE } from './per-vantage.ts'
import { policy } from './policy-schema.ts'
import { emailTypes, phoneTypes, robotTypes, routePrefix, smsTypes } from './read-channels.ts'
import { kindSections } from './read-sections.ts'
import { senderBounds } from './read-senders.ts'
import { regionsKeys } from './regions-schema.ts'
import { check, defaults, general, group, probingKeys, project } from './schema.ts'
import { component, statusPage } from './status-schema.ts'
import { place, placed } from './vantage.ts'

/** JSON Schema of `fenghuo.yml`, for completion in editors. The loader checks more: names that refer to each other. */
export function fenghuoSchema(): Json {
  return publish('fenghuo.yml', annotatedFenghuo())
}

/** JSON Schema of `oncall.yml`. */
export function oncallSchema(): Json {
  return publish('oncall.yml', annotatedOncall())
}

/** The same of `fenghuo.yml` with all that its schemas say. */
export function annotatedFenghuo(): Json {
  const sections = {
    vantages: record(
      { anyOf: [json(place), json(placed)] },
      {
        en: 'Where probes run: short name → cloud/region, or { at: cloud/region, vpc: … }.',
        zh: '探针在哪里运行：短名 → 云/地域，或 { at: 云/地域, vpc: … }。',
      },
    ),
    senders: record(json(senderBounds), {
      en: 'Who puts messages on the events queue with AWS keys: unique id of an IAM user or role → for whom it speaks, and for nobody else.',
      zh: '谁凭 AWS 密钥直接写入事件队列：IAM 用户或角色的唯一 ID → 它代谁发送，只限于此。',
    }),
    groups: record(json(group), {
      en: 'Vantages judged together: all of a group failing is an outage even if the rest is fine.',
      zh: '一起判定的观测点：一组全部失败，即使别处正常也算不可用。',
    }),
    channels: channels(),
    policies: record(json(policy), {
      en: 'Who is paged, in which order, by which channels.',
      zh: '呼叫谁、按什么顺序、用哪些渠道。',
    }),
    maintenance: record(json(maintenance), {
      en: 'When matching incidents page nobody; what still burns at the end pages.',
      zh: '何时匹配的告警单不呼叫任何人；结束时仍未恢复的开始呼叫。',
    }),
    inhibit: record(json(inhibition), {
      en: 'While an incident of `source` is open, those of `target` that are like it page nobody.',
      zh: '`source` 的告警单未结束期间，与之相同的 `target` 告警单不呼叫任何人。',
    }),
    failover: record(json(failover), {
      en: 'What is there in several regions, and which of them serves: contact flows ask for it by its name.',
      zh: '在多个地域都有的东西，由哪个地域承接：联系流程按名称查询。',
    }),
    console: {
      ...json(consoleSection),
      description: 'The deployed console: who may look at it, and what they may do.',
      zh: '部署的控制台：谁可以看，可以做什么。',
    },
    status: record(statusSchema(), {
      en: 'What outsiders are shown, at `/status/<name>` of the console: what serves them, and what you tell them of it.',
      zh: '给外部看的状态页，在控制台的 `/status/<名称>`：您提供的服务，以及您对其状态的说明。',
    }),
    defaults: json(defaults),
    projects: record(projects(), {
      en: 'What is watched; the project `fenghuo` is the system itself.',
      zh: '监视什么；项目 `fenghuo` 是系统自己。',
    }),
    ...Object.fromEntries(kindSections.map(({ key, entry, summary }) => [key, record(json(entry), summary)])),
  }
  return merge(json(z.strictObject({ ...general, ...regionsKeys })), mapping(sections))
}

/** The JSON Schema of `oncall.yml`, with all that its schemas say in both languages. */
export function annotatedOncall(): Json {
  return json(oncallFile)
}

function publish(title: string, schema: Json): Json {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...published(schema) }
}

function statusSchema(): Json {
  const components = record(json(component), {
    en: 'What they know of it, the first one uppermost.',
    zh: '外部所知的各项服务，按此顺序显示。',
  })
  return merge(json(statusPage), mapping({ components: { ...components, minProperties: 1 } }, ['components']))
}

/** The place of a channel in the file and what may stand there. */
const ofRoutes = mapping({ to: json(routePrefix) }, ['to'])

export const channelPlaces = {
  phone: { types: phoneTypes, around: ofRoutes, said: { description: 'Routes of phone calls.', zh: '电话的线路。' } },
  sms: { types: smsTypes, around: ofRoutes, said: { description: 'Routes of text messages.', zh: '短信的线路。' } },
  email: { types: emailTypes, around: mapping({}), said: { description: 'E-mail.', zh: '邮件。' } },
  robots: {
    types: robotTypes,
    around: mapping({}),
    said: {
      description: 'A robot; its name is its type unless `type` says otherwise.',
      zh: '群机器人；名称即类型，除非写了 `type`。',
    },
  },
}

function channels(): Json {
  const { phone, sms, email, robots } = channelPlaces
  const routes = ({ types, around, said }: typeof phone): Json => ({
    type: 'array',
    minItems: 1,
    items: anyType(types, (of) => merge(around, of)),
    ...said,
  })
  const named = { phone: routes(phone), sms: routes(sms), email: { ...anyType(email.types), ...email.said } }
  return {
    ...mapping(named),
    additionalProperties: { ...anyType(robots.types, undefined, 'optional'), ...robots.said },
    propertyNames: json(name),
    description: 'How people are reached.',
    zh: '通过什么联系人。',
  }
}

/** One of several types of channels, each with its own settings. */
function anyType(
  types: typeof phoneTypes,
  around: (schema: Json) => Json = (schema) => schema,
  typeKey: 'required' | 'optional' = 'required',
): Json {
  const branches = Object.entries(types).map(([type, { settings }]) => {
    const ofType = { const: type, description: 'The type of the channel.', zh: '渠道的类型。' }
    const discriminator = mapping({ type: ofType }, typeKey === 'required' ? ['type'] : [])
    return around(merge(discriminator, json(settings)))
  })
  return { anyOf: branches }
}

function projects(): Json {
  const kinds = checkKindConfigs.map(({ schema, summary, isPassive, perVantage = [] }) => {
    const keys = json(schema)
    const common = json(isPassive ? check.omit(probingKeys) : check)
    return { ...merge(merge(common, keys), limitsAt(keys, perVantage)), description: summary.en, zh: summary.zh }
  })
  const checks = record(
    { anyOf: kinds },
    { en: 'The kind is the key, the target its value.', zh: '种类是键，目标是它的值。' },
  )
  return merge(json(project), mapping({ checks }))
}

/** The key under which some of a kind's keys may stand once more for each vantage. */
export function limitsAt({ properties = {} }: Json, perVantage: string[] = []): Json {
  if (perVantage.length === 0) return mapping({})
  const limits = Object.fromEntries(Object.entries(properties).filter(([key]) => perVantage.includes(key)))
  const said = {
    en: 'Other limits at some vantages, by their short names.',
    zh: '某些观测点用别的限值，写短名。',
  }
  return mapping({
    [PER_VANTAGE]: {
      ...record({ ...mapping(limits), minProperties: 1 }, said),
      examples: [{ gz: { [perVantage[0] ?? '']: '2s' } }],
    },
  })
}
