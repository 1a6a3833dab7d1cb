import { createRequire } from 'node:module'
import type * as sls from '@alicloud/sls20201230'
import { CloudError, type LogLine, type LogQuery } from '../provider/backend.ts'
import type { Call } from './call.ts'
import { type Connection, READ_TIMEOUT_MS } from './connection.ts'
import { openApiConfig } from './fc3-client.ts'
import type { FunctionAnswer } from './fields.ts'

/** The most that GetLogs gives at once. */
const PAGE = 100

/** How often an answer that the vendor calls incomplete is asked for again. */
const INCOMPLETE = 10

/** Where a function's lines are in its log store. */
export interface LogPlace {
  topic: string
  /** In 2.0, where a topic holds the lines of all functions of a service. */
  functionName?: string
}

type Row = Record<string, string | undefined>

/** A function's lines in Simple Log Service, oldest first. Times are in milliseconds; the vendor counts in seconds. */
export async function readLogs(
  connection: Connection,
  call: Call,
  logConfig: FunctionAnswer['logConfig'],
  { topic, functionName }: LogPlace,
  { from, to, filter }: LogQuery,
): Promise<LogLine[]> {
  const { project, logstore } = logConfig ?? {}
  if (!project || !logstore) throw noLogs()
  const getLogs = reader(connection, call, project, logstore)
  const query = [functionName, filter].filter(Boolean).join(' and ')
  const lines: LogLine[] = []
  for (let offset = 0, repeats = 0; ; ) {
    const { rows, complete } = await getLogs({
      from: Math.floor(from / 1000),
      to: Math.ceil(to / 1000),
      topic,
      ...(query === '' ? {} : { query }),
      line: PAGE,
      offset,
      reverse: false,
    })
    if (!complete && repeats++ < INCOMPLETE) continue
    // A word of the query may be anywhere in a line, so in those of other functions.
    const own = rows.filter((row) => functionName === undefined || (row.functionName ?? functionName) === functionName)
    lines.push(...own.map(lineOf))
    if (rows.length < PAGE) return lines.sort((a, b) => a.at - b.at)
    offset += PAGE
  }
}

type Request = Partial<
  Pick<InstanceType<typeof sls.GetLogsRequest>, 'from' | 'to' | 'topic' | 'query' | 'line' | 'offset' | 'reverse'>
>

function reader(connection: Connection, call: Call, project: string, logstore: string) {
  const sdk: typeof sls.default = createRequire(import.meta.url)('@alicloud/sls20201230')
  const url = new URL(connection.movedTo ?? `https://${connection.region}.log.aliyuncs.com`)
  const client = new sdk.default(openApiConfig(connection, url, READ_TIMEOUT_MS))
  // The project is part of the host name; at a moved address it can only be named beside it.
  const headers: Record<string, string> = connection.movedTo ? { host: url.host, 'x-log-project': project } : {}
  return async (request: Request) => {
    const get = () =>
      client.getLogsWithOptions(
        project,
        logstore,
        new sdk.GetLogsRequest(request),
        { ...headers },
        {} as Parameters<typeof client.getLogsWithOptions>[4],
      )
    const answer = await call('GetLogs', get)
    return {
      rows: (answer.body ?? []) as Row[],
      complete: answer.headers?.['x-log-progress'] !== 'Incomplete',
    }
  }
}

function lineOf(row: Row): LogLine {
  const text = (row.message ?? '').trimEnd()
  const nanoseconds = Number(row.__time_ns_part__ ?? 0)
  return {
    at: Number(row.__time__) * 1000 + Math.floor(nanoseconds / 1e6),
    text,
    id: [row.__time__, nanoseconds, row['__tag__:__pack_id__'], row.requestId, row.instanceID, text].join(' '),
  }
}

function noLogs(): CloudError {
  return new CloudError(
    { en: 'The function keeps no log', zh: '这个函数不保留日志' },
    {
      kind: 'final',
      code: 'NoLogConfig',
      advice: {
        en: 'Name a project and a log store of Simple Log Service under `logs` in the configuration, and deploy.',
        zh: '在配置的 `logs` 下写上日志服务（SLS）的 project 和 logstore，再部署。',
      },
    },
  )
}
