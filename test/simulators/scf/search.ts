import * as z from 'zod'
import { type Action, action, type Scope } from './action.ts'
import { readQuery } from './query.ts'
import { Refused } from './refused.ts'

// The log service, 2020-10-16: cloud.tencent.com/document/product/614/56447.
const PAGE = 1000
const BY_CONTEXT = 10_000

const searchRequest = z.strictObject({
  From: z.int().min(0),
  To: z.int().min(0),
  TopicId: z.string().min(1),
  QueryString: z.string().max(12_288).default(''),
  QuerySyntax: z.literal(1).default(1),
  Sort: z.enum(['asc', 'desc']).default('desc'),
  Limit: z.int().min(1).max(PAGE).default(100),
  Offset: z.int().min(0).optional(),
  Context: z.string().optional(),
  UseNewAnalysis: z.boolean().optional(),
  HighLight: z.boolean().optional(),
})

/** The records of one topic from From to before To, paged by Offset or by the Context of the answer before. */
function searchLog(given: z.output<typeof searchRequest>, { cloud, region, regionName }: Scope) {
  if (given.From >= given.To) throw new Refused('InvalidParameter', 'From must be before To.')
  if (given.Offset !== undefined && given.Context !== undefined) {
    throw new Refused('InvalidParameter', 'Offset and Context do not go together.')
  }
  const topics = [...region.values()].map(({ latest }) => latest.content.configuration.ClsTopicId)
  const here = cloud.logs.filter(({ region: of, topic }) => of === regionName && topic === given.TopicId)
  if (here.length === 0 && !topics.includes(given.TopicId)) {
    throw new Refused('ResourceNotFound.TopicNotExist', 'The topic does not exist.')
  }
  const test = readQuery(given.QueryString)
  const found = here.filter(({ time, fields }) => time >= given.From && time < given.To && test(fields))
  if (given.Sort === 'desc') found.reverse()
  const from = given.Context === undefined ? (given.Offset ?? 0) : offsetOf(given.Context)
  const shown = found.slice(from, from + given.Limit)
  const next = from + shown.length
  return {
    Context: Buffer.from(`offset:${next}`).toString('base64'),
    ListOver: next >= found.length || next >= BY_CONTEXT,
    Analysis: false,
    Results: shown.map(({ time, topic, fields }, index) => ({
      Time: time,
      TopicId: topic,
      TopicName: 'SCF_logtopic',
      Source: '127.0.0.1',
      FileName: '',
      PkgId: `${time.toString(16)}-1`,
      PkgLogId: String(from + index),
      HostName: '',
      LogJson: JSON.stringify(fields),
    })),
    ColNames: null,
    AnalysisResults: null,
    AnalysisRecords: null,
    Columns: null,
    SamplingRate: 1,
    Topics: null,
  }
}

function offsetOf(context: string): number {
  const offset = /^offset:(\d+)$/.exec(Buffer.from(context, 'base64').toString())?.[1]
  if (offset === undefined) throw new Refused('FailedOperation.InvalidContext', 'The context is not of an answer.')
  return Number(offset)
}

export const logActions: Record<string, Action> = { SearchLog: action(searchRequest, searchLog) }
