import type { Fact, FactOf, Wording } from '../../contracts/fact.ts'
import { type ApiFault, apiWording } from '../network/api-faults.ts'
import { type NetworkFault, networkWording } from '../network/faults.ts'
import { listIn, quoted, seconds } from '../phrases.ts'

type Nothing = Record<never, never>

/** Who looks for us. */
export type ThirdParty = 'globalping' | 'speed-test'

/** What nodes of third parties see, and what keeps them from it. */
export type VantagePointsFault =
  | NetworkFault
  | ApiFault
  | FactOf<{
      /** Some of the nodes of a run; `nodes` are the first of those. */
      'nodes-affected': { count: number; of: number; outcome: 'down' | 'degraded' | 'unknown'; nodes: string[] }
      'no-node-knows': Nothing
      'node-not-asked': Nothing
      'node-timed-out': { limitMs: number }
      'node-status': { status: number }
      /** In the words of the node. */
      'node-says': { said: string }
      'node-resolver-says': { said: string }
      'node-failed': Nothing
      'packet-loss': { percent: number }
      'answer-abnormal': { state: string; said?: string }
      'answer-lacks-time': { field: string }
      'answer-no-time': { field: string; value: string }
      'speed-test-takes-url': Nothing
      /** A third party failed, and so nothing is known of the target. */
      'third-party': { who: ThirdParty; fault: Fact }
      'api-probe-offline': Nothing
      'api-probe-failed': { said: string }
      'api-result-malformed': Nothing
    }>

const parties: Record<ThirdParty, { zh: string; en: string }> = {
  globalping: { zh: 'Globalping', en: 'Globalping' },
  'speed-test': { zh: '测速服务', en: 'speed test' },
}

const affected = {
  down: { zh: '失败', en: 'down' },
  degraded: { zh: '变慢', en: 'slow' },
  unknown: { zh: '无数据', en: 'without data' },
}

export const vantagePointsWording: Wording<VantagePointsFault> = {
  ...networkWording,
  ...apiWording,
  'nodes-affected': {
    zh: ({ count, of, outcome, nodes }) =>
      `${of} 个节点中 ${count} 个${affected[outcome].zh}：${listIn('zh', nodes, count - nodes.length)}`,
    en: ({ count, of, outcome, nodes }) =>
      `${count} of ${of} nodes ${affected[outcome].en}: ${listIn('en', nodes, count - nodes.length)}`,
  },
  'no-node-knows': { zh: () => '没有数据', en: () => 'no data' },
  'node-not-asked': { zh: () => '时间用尽，未询问', en: () => 'not asked: out of time' },
  'node-timed-out': {
    zh: ({ limitMs }) => `链接超时 ${seconds(limitMs)}`,
    en: ({ limitMs }) => `timed out ${seconds(limitMs)}`,
    saysTime: true,
  },
  'node-status': { zh: ({ status }) => `HTTP ${status}`, en: ({ status }) => `HTTP ${status}` },
  'node-says': { zh: ({ said }) => said, en: ({ said }) => said },
  'node-resolver-says': { zh: ({ said }) => `域名解析失败：${said}`, en: ({ said }) => `DNS: ${said}` },
  'node-failed': { zh: () => '失败，没有给出原因', en: () => 'failed without a reason' },
  'packet-loss': { zh: ({ percent }) => `丢包 ${percent}%`, en: ({ percent }) => `${percent}% packet loss` },
  'answer-abnormal': {
    zh: ({ state, said }) => `链接异常（state ${state}${said === undefined ? '' : `：${said}`}）`,
    en: ({ state, said }) => `abnormal (state ${state}${said === undefined ? '' : `: ${said}`})`,
  },
  'answer-lacks-time': {
    zh: ({ field }) => `链接异常（缺少 ${field}）`,
    en: ({ field }) => `abnormal (${field} missing)`,
  },
  'answer-no-time': {
    zh: ({ field, value }) => `链接异常（${field} 是 ${quoted(value)}）`,
    en: ({ field, value }) => `abnormal (${field} is ${quoted(value)})`,
  },
  'speed-test-takes-url': { zh: () => '测速服务需要 URL', en: () => 'a speed test takes a URL' },
  'third-party': {
    zh: ({ who, fault }, say) => `${parties[who].zh}：${say(fault)}`,
    en: ({ who, fault }, say) => `${parties[who].en}: ${say(fault)}`,
  },
  'api-probe-offline': { zh: () => '探针离线', en: () => 'probe offline' },
  'api-probe-failed': { zh: ({ said }) => `探针出错：${said}`, en: ({ said }) => `probe failed: ${said}` },
  'api-result-malformed': { zh: () => '结果格式错误', en: () => 'malformed result' },
}
