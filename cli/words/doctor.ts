import type { Status } from '../../shared/channels/diagnoses/finding.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { type AreaName, areaNames } from '../doctor/finding.ts'

/** The areas; in English they are what `--only` takes. */
const areaNamesIn: Record<Language, Record<AreaName, string>> = {
  en: Object.fromEntries(areaNames.map((name) => [name, name])) as Record<AreaName, string>,
  zh: {
    credentials: '凭证',
    clocks: '时钟',
    functions: '函数',
    queues: '队列',
    regions: '地域',
    probes: '探针',
    people: '人员',
    calls: '呼叫频率',
    phone: '电话',
    sms: '短信',
    robots: '机器人',
    mail: '邮件',
    'last-resort': '兜底通知',
    copies: '状态页副本',
  },
}

/** So many areas are named of those that one cause spoils: without credentials it is all of them. */
const NAMED = 3

function namedOf(areas: AreaName[], language: Language): string[] {
  return areas.slice(0, NAMED).map((area) => areaNamesIn[language][area])
}

const en = {
  about: 'Look at a deployment from outside: what is wrong with it, and what to do about it',
  only: (areas: string) => `some of ${areas}`,
  notOne: (areas: string) => `should be some of ${areas}.`,
  notes: `Nothing is changed, nobody is called and nothing is posted or sent. It asks with your own credentials of each cloud, and
tries the channels' keys as the deployed functions have them. A line that nothing can tell of from here is skipped.
Exit codes: 0 no fault, warnings or not, 1 any fault, 2 bad usage.`,
  looking: (target: string) => `looking at ${target}`,
  lookingOf: (target: string, count: number, all: number) => `looking at ${target}: ${count} of ${all}`,
  head: ['STATUS', 'AREA', 'WHAT', 'FOUND'],
  status: { ok: 'ok', warning: 'warning', fault: 'FAULT', skipped: 'skipped' } as Record<Status, string>,
  area: areaNamesIn.en,
  result: (target: string, counts: string) => `${target}: ${counts}`,
  ok: (count: number) => `${count} ok`,
  skipped: (count: number) => `${count} skipped`,
  noFault: 'no fault',
  alsoFor: (count: number, areas: AreaName[]) =>
    `; so it is for ${count === 1 ? 'another line' : `${count} other lines`} (${namedOf(areas, 'en').join(', ')}${areas.length > NAMED ? ` and ${areas.length - NAMED} more areas` : ''})`,
}

const zh: typeof en = {
  about: '从外部检查一个部署：哪里不对，该怎么办',
  only: (areas) => `其中几项：${areas}`,
  notOne: (areas) => `应为其中几项：${areas}。`,
  notes: `不改动任何东西，不打电话，不发消息。用你自己在各家云的凭证去问，并试一试部署的函数所用的各渠道密钥。从这里无从得知的一行会跳过。
退出码：0 没有故障（可能有警告），1 有故障，2 用法错误。`,
  looking: (target) => `正在检查${target}`,
  lookingOf: (target, count, all) => `正在检查${target}：${count}/${all}`,
  head: ['状态', '方面', '对象', '所见'],
  status: { ok: '正常', warning: '警告', fault: '故障', skipped: '跳过' },
  area: areaNamesIn.zh,
  result: (target, counts) => `${target}：${counts}`,
  ok: (count) => `${count} 项正常`,
  skipped: (count) => `跳过 ${count} 项`,
  noFault: '没有故障',
  alsoFor: (count, areas) =>
    `；另有 ${count} 行也是如此（${namedOf(areas, 'zh').join('、')}${areas.length > NAMED ? `等 ${areas.length} 类` : ''}）`,
}

/** The words of `doctor` around what it finds. */
export const doctorWords: Record<Language, typeof en> = { en, zh }
