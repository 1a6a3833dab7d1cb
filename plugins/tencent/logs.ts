import type { SearchLogResponse } from 'tencentcloud-sdk-nodejs/tencentcloud/services/cls/v20201016/cls_models.js'
import { CloudError, type Fields, type LogLine, type LogQuery } from '../provider/backend.ts'
import type { Api } from './api.ts'

/** Most records of a page (SearchLog, Limit). */
const PAGE = 1000

/** The topic in which a function's lines are. Throws a `CloudError` with advice if there is none. */
export function topicOf(name: string, configuration: Fields | undefined): string {
  if (configuration === undefined) {
    throw new CloudError(
      { en: `${name} is not there`, zh: `没有 ${name}` },
      { kind: 'final', code: 'NotDeployed', advice: { en: 'Deploy it first.', zh: '先部署。' } },
    )
  }
  const { ClsTopicId: topic } = configuration
  if (typeof topic === 'string') return topic
  throw new CloudError(
    { en: `${name} keeps no logs`, zh: `${name} 不保留日志` },
    {
      kind: 'final',
      code: 'NoLogTopic',
      advice: {
        en: 'Name a log set and a topic of Cloud Log Service: logs: { logsetId, topicId }, and deploy.',
        zh: '写上日志服务（CLS）的日志集和主题：logs: { logsetId, topicId }，再部署。',
      },
    },
  )
}

/** The condition in CQL, the log service's own language. */
function logCondition(name: string, filter: string | undefined): string {
  const ours = `SCF_FunctionName:"${name}"`
  return filter ? `${ours} AND (${filter})` : ours
}

/** A function's lines, oldest first. The topic may hold those of other functions too. */
export async function searchLogs(api: Api, topic: string, name: string, query: LogQuery): Promise<LogLine[]> {
  const request = {
    TopicId: topic,
    From: Math.floor(query.from),
    To: Math.ceil(query.to),
    QueryString: logCondition(name, query.filter),
    QuerySyntax: 1,
    Sort: 'asc',
    Limit: PAGE,
  }
  const lines: LogLine[] = []
  for (let context: string | undefined; ; ) {
    const page: SearchLogResponse = await api.cls('SearchLog', { ...request, ...(context ? { Context: context } : {}) })
    const found = page.Results ?? []
    lines.push(
      ...found.map(({ Time = 0, PkgId = '', PkgLogId = '', LogJson = '{}' }) => ({
        at: Time,
        id: `${PkgId}/${PkgLogId}/${Time}`,
        text: messageOf(LogJson),
      })),
    )
    context = page.Context
    if (page.ListOver !== false || found.length === 0 || !context) return lines
  }
}

/** SCF puts a line into `SCF_Message`, beside thirteen fields about the run. */
function messageOf(json: string): string {
  try {
    const fields: unknown = JSON.parse(json)
    return String((fields as { SCF_Message?: unknown } | null)?.SCF_Message ?? json)
  } catch {
    return json
  }
}
