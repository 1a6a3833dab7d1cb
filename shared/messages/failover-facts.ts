import type { Fact, Wording } from '../contracts/fact.ts'
import type { Language } from '../contracts/words.ts'
import type { FailoverFact, FailoverReason, RegionFault, RegionService } from '../evaluation/failover-fact.ts'
import { vantageName } from './places.ts'
import { duration } from './times.ts'

const zh = (region: string): string => vantageName(`aws/${region}`, 'zh')
const en = (region: string): string => vantageName(`aws/${region}`, 'en')

const services: Record<RegionService, string> = {
  connect: 'Amazon Connect',
  sqs: 'SQS',
  dynamodb: 'DynamoDB',
  cloudwatch: 'CloudWatch',
  servicequotas: 'Service Quotas',
}

/** What an ARN names: its last part. */
const nameIn = (arn: string): string => arn.split(/[:/]/).at(-1) ?? arn

type Say = (fact: Fact) => string

function after(text: string, said: string | undefined, language: Language): string {
  return said ? `${text}${language === 'zh' ? '：' : ': '}${said}` : text
}

function eachFault(faults: { region: string; fault?: Fact }[], language: Language, say: Say): string {
  const names = { zh, en }[language]
  const unknown = { zh: '未知', en: 'unknown' }[language]
  const [colon, comma] = language === 'zh' ? ['：', '；'] : [': ', '; ']
  return faults.map(({ region, fault }) => `${names(region)}${colon}${fault ? say(fault) : unknown}`).join(comma)
}

/** What is said of what is in several regions, and of which of them serves. */
export const failoverWording: Wording<RegionFault | FailoverReason | FailoverFact> = {
  'region-silent': {
    zh: ({ of, service, error }) => `${services[service]} 没有应答（${nameIn(of)}）：${error}`,
    en: ({ of, service, error }) => `no answer of ${services[service]} for ${nameIn(of)}: ${error}`,
  },
  'region-failed': {
    zh: ({ of, service, status, said }) =>
      after(`${services[service]} 出错（${nameIn(of)}，HTTP ${status}）`, said, 'zh'),
    en: ({ of, service, status, said }) =>
      after(`${services[service]} failed for ${nameIn(of)} (HTTP ${status})`, said, 'en'),
  },
  'region-throttled': {
    zh: ({ of, service }) => `${services[service]} 正忙（限流，${nameIn(of)}）`,
    en: ({ of, service }) => `${services[service]} is busy (throttled) for ${nameIn(of)}`,
  },
  'region-not-allowed': {
    zh: ({ of, service, said }) => after(`没有权限查看 ${services[service]} 的 ${nameIn(of)}`, said, 'zh'),
    en: ({ of, service, said }) => after(`may not look at ${nameIn(of)} of ${services[service]}`, said, 'en'),
  },
  'region-without': {
    zh: ({ of, service, said }) => after(`${services[service]} 中没有 ${nameIn(of)}`, said, 'zh'),
    en: ({ of, service, said }) => after(`${services[service]} has no ${nameIn(of)}`, said, 'en'),
  },
  'queue-not-consumed': {
    zh: ({ of, ageMs }) => `队列 ${nameIn(of)} 收得进却无人处理：最早的一条已等 ${duration(ageMs, 'zh')}`,
    en: ({ of, ageMs }) =>
      `nobody works on the queue ${nameIn(of)}, though it accepts: the oldest message has waited ${duration(ageMs, 'en')}`,
  },
  'queue-age-unknown': {
    zh: ({ of, waiting, why }, say) =>
      after(`队列 ${nameIn(of)} 有 ${waiting} 条在等，等了多久不详`, why && say(why), 'zh'),
    en: ({ of, waiting, why }, say) =>
      after(`messages wait on the queue ${nameIn(of)} (${waiting}), for how long is not known`, why && say(why), 'en'),
  },
  'instance-not-active': {
    zh: ({ of, status }) => `Connect 实例 ${nameIn(of)} 不可用：${status}`,
    en: ({ of, status }) => `the Connect instance ${nameIn(of)} is not active: ${status}`,
  },
  'quota-too-low': {
    zh: ({ of, calls, needed }) => `Connect 实例 ${nameIn(of)} 的配额只允许同时 ${calls} 通电话，需要 ${needed} 通`,
    en: ({ of, calls, needed }) =>
      `the quota of the Connect instance ${nameIn(of)} allows ${calls} calls at once, and ${needed} are needed`,
  },
  'region-faulty': {
    zh: ({ region, fault }, say) => after(`${zh(region)} 异常`, fault && say(fault), 'zh'),
    en: ({ region, fault }, say) => after(`${en(region)} is faulty`, fault && say(fault), 'en'),
  },
  'region-back': {
    zh: ({ region, forMs }) => `${zh(region)} 已正常 ${duration(forMs, 'zh')}`,
    en: ({ region, forMs }) => `${en(region)} has been well for ${duration(forMs, 'en')}`,
  },
  'region-unlisted': {
    zh: ({ region }) => `${zh(region)} 已不在配置中`,
    en: ({ region }) => `${en(region)} is in the configuration no longer`,
  },
  'failover-elsewhere': {
    zh: ({ failover, from, to, why }, say) =>
      after(`${failover} 改由 ${zh(to)} 承接，不再是 ${zh(from)}`, why && say(why), 'zh'),
    en: ({ failover, from, to, why }, say) =>
      after(`${failover} is served by ${en(to)}, no longer by ${en(from)}`, why && say(why), 'en'),
  },
  'failover-home': {
    zh: ({ failover, region }) => `${failover} 恢复由 ${zh(region)} 承接`,
    en: ({ failover, region }) => `${failover} is served by ${en(region)} again`,
  },
  'failover-none-well': {
    zh: ({ failover, keeps, faults }, say) =>
      `${failover} 没有一个地域正常，仍由 ${zh(keeps)} 承接。${eachFault(faults, 'zh', say)}`,
    en: ({ failover, keeps, faults }, say) =>
      `${failover} is well in no region; ${en(keeps)} keeps serving. ${eachFault(faults, 'en', say)}`,
  },
  'failover-well-again': {
    zh: ({ failover, region }) => `${failover} 又有正常的地域：由 ${zh(region)} 承接`,
    en: ({ failover, region }) => `${failover} is well again: ${en(region)} serves it`,
  },
}
