import type { Fact, FactOf, Wording } from '../../contracts/fact.ts'
import { type ApiFault, apiWording } from '../network/api-faults.ts'
import { daysIn } from '../phrases.ts'

type Nothing = Record<never, never>

/** What registries say of a domain, and what keeps them from it. */
export type DomainFault =
  | ApiFault
  | FactOf<{
      'domain-expires': { inMs: number; limitMs?: number }
      'domain-expired': { agoMs: number }
      'domain-not-registered': Nothing
      /** By registrar or registry: no name server is asked for it. */
      'domain-on-hold': { status: string }
      /** It is on its way to be free for anybody. */
      'domain-to-be-deleted': { status: string }
      'domain-without-expiry': Nothing
      /** IANA lists no server for it. */
      'domain-without-registry': { name: string }
      /** A registry (or IANA) failed, and so nothing is known of the domain. */
      'registry-failed': { host: string; fault: Fact }
    }>

export const domainWording: Wording<DomainFault> = {
  ...apiWording,
  'domain-expires': {
    zh: ({ inMs, limitMs }) =>
      `域名 ${daysIn('zh', inMs)}后到期${limitMs === undefined ? '' : `（限 ${daysIn('zh', limitMs)}）`}`,
    en: ({ inMs, limitMs }) =>
      `domain expires in ${daysIn('en', inMs)}${limitMs === undefined ? '' : `, limit ${daysIn('en', limitMs)}`}`,
  },
  'domain-expired': {
    zh: ({ agoMs }) => `域名已过期 ${daysIn('zh', agoMs)}`,
    en: ({ agoMs }) => `domain expired ${daysIn('en', agoMs)} ago`,
  },
  'domain-not-registered': {
    zh: () => '域名没有注册，或不是注册的那一级',
    en: () => 'domain is not registered, or not by this name alone',
  },
  'domain-on-hold': {
    zh: ({ status }) => `域名被暂停解析：${status}`,
    en: ({ status }) => `domain is on hold: ${status}`,
  },
  'domain-to-be-deleted': {
    zh: ({ status }) => `域名即将被删除：${status}`,
    en: ({ status }) => `domain is about to be deleted: ${status}`,
  },
  'domain-without-expiry': {
    zh: () => '注册局不公布到期时间',
    en: () => 'the registry tells no expiry',
  },
  'domain-without-registry': {
    zh: ({ name }) => `没有公布可查询 ${name} 的注册局`,
    en: ({ name }) => `no registry is known that could be asked about ${name}`,
  },
  'registry-failed': {
    zh: ({ host, fault }, say) => `注册局 ${host}：${say(fault)}`,
    en: ({ host, fault }, say) => `registry ${host}: ${say(fault)}`,
  },
}
