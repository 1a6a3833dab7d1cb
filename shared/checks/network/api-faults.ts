import type { FactOf, Wording } from '../../contracts/fact.ts'
import { seconds } from '../phrases.ts'

type Nothing = Record<never, never>

/** Why a third party's HTTP API, which is no target, gave no answer that can be read. */
export type ApiFault = FactOf<{
  'api-not-reached': { error?: string }
  'api-no-answer': { error: string }
  'api-status': { status: number; error?: string; againS?: number }
  'api-answer-over-limit': Nothing
  'api-answer-cut-short': Nothing
  'api-answer-encoding': { encoding: string }
  'api-answer-damaged': Nothing
  'api-answer-malformed': Nothing
  'api-not-finished': { limitMs: number }
  'api-failed': { said: string }
}>

export const apiWording: Wording<ApiFault> = {
  'api-not-reached': {
    zh: ({ error }) => `无法连接${error === undefined ? '' : `（${error}）`}`,
    en: ({ error }) => `not reached${error === undefined ? '' : ` (${error})`}`,
  },
  'api-no-answer': { zh: ({ error }) => `没有应答（${error}）`, en: ({ error }) => `no answer (${error})` },
  'api-status': {
    zh: ({ status, error, againS }) => {
      const again = againS === undefined ? '' : `，${againS} 秒后可再试`
      return `${error === undefined ? `HTTP ${status}` : `${error}（HTTP ${status}）`}${again}`
    },
    en: ({ status, error, againS }) => {
      const again = againS === undefined ? '' : `, again in ${againS} s`
      return `${error === undefined ? `HTTP ${status}` : `${error} (HTTP ${status})`}${again}`
    },
  },
  'api-answer-over-limit': { zh: () => '答复超过 1 MiB', en: () => 'answer over 1 MiB' },
  'api-answer-cut-short': { zh: () => '答复不完整', en: () => 'answer cut short' },
  'api-answer-encoding': {
    zh: ({ encoding }) => `答复的 content-encoding 是 ${encoding}`,
    en: ({ encoding }) => `answer in content-encoding ${encoding}`,
  },
  'api-answer-damaged': {
    zh: () => '压缩的答复已损坏，或超过 1 MiB',
    en: () => 'compressed answer damaged or over 1 MiB',
  },
  'api-answer-malformed': { zh: () => '答复格式错误', en: () => 'malformed answer' },
  'api-not-finished': {
    zh: ({ limitMs }) => `${seconds(limitMs)} 内没有完成`,
    en: ({ limitMs }) => `not finished within ${seconds(limitMs)}`,
    saysTime: true,
  },
  'api-failed': { zh: ({ said }) => said, en: ({ said }) => said },
}
