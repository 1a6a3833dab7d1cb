import type { FactOf, Wording } from '../../contracts/fact.ts'
import type { Language } from '../../contracts/words.ts'

type Nothing = Record<never, never>

/** grpc.health.v1. */
export type ServingStatus = 'UNKNOWN' | 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN'

export type GrpcFault = FactOf<{
  'not-serving': { status: Exclude<ServingStatus, 'SERVING'> }
  /** A status other than OK, with what the server says of it. */
  'grpc-status': { status: number; said?: string }
  /** The answer ended before its trailers came. */
  'grpc-status-missing': Nothing
  'not-grpc': Nothing
  'health-unreadable': Nothing
}>

const statuses: Record<Exclude<ServingStatus, 'SERVING'>, Record<Language, string>> = {
  UNKNOWN: { zh: '健康状态未知', en: 'its health is unknown' },
  NOT_SERVING: { zh: '服务停止', en: 'not serving' },
  SERVICE_UNKNOWN: { zh: '没有这个服务', en: 'no such service' },
}

/** In the order of their numbers: gRPC, "Status codes and their use in gRPC". */
const codes: Record<Language, string>[] = [
  { zh: '没有错误', en: 'OK' },
  { zh: '已取消', en: 'cancelled' },
  { zh: '未知错误', en: 'unknown error' },
  { zh: '参数无效', en: 'invalid argument' },
  { zh: '超过时限', en: 'deadline exceeded' },
  { zh: '没有这个服务', en: 'no such service' },
  { zh: '已存在', en: 'already exists' },
  { zh: '没有权限', en: 'permission denied' },
  { zh: '资源耗尽', en: 'resource exhausted' },
  { zh: '前提不满足', en: 'failed precondition' },
  { zh: '已中止', en: 'aborted' },
  { zh: '超出范围', en: 'out of range' },
  { zh: '不提供健康检查', en: 'it offers no health checks' },
  { zh: '内部错误', en: 'internal error' },
  { zh: '服务不可用', en: 'unavailable' },
  { zh: '数据丢失', en: 'data loss' },
  { zh: '未认证', en: 'unauthenticated' },
]

function told(language: Language, status: number, said: string | undefined): string {
  const word = codes[status]?.[language]
  const code = `gRPC ${status}${word === undefined ? '' : language === 'zh' ? `（${word}）` : ` (${word})`}`
  if (said === undefined) return code
  return language === 'zh' ? `${code}：${said}` : `${code}: ${said}`
}

export const grpcWording: Wording<GrpcFault> = {
  'not-serving': {
    zh: ({ status }) => statuses[status].zh,
    en: ({ status }) => statuses[status].en,
  },
  'grpc-status': {
    zh: ({ status, said }) => told('zh', status, said),
    en: ({ status, said }) => told('en', status, said),
  },
  'grpc-status-missing': { zh: () => '应答没有 gRPC 状态', en: () => 'answer without a gRPC status' },
  'not-grpc': { zh: () => '对方不是 gRPC 服务', en: () => 'not a gRPC server' },
  'health-unreadable': { zh: () => '健康检查的应答无法识别', en: () => 'unreadable answer to a health check' },
}
