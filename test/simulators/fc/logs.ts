import { createHmac } from 'node:crypto'
import type { VendorAnswer, VendorRequest } from '../server.ts'
import type { Account } from './account.ts'
import { LOOPBACK } from './authorization.ts'
import { Fault } from './fault.ts'
import type { Run } from './invocations.ts'
import type { Target } from './runner.ts'

const CLOCK_MS = 15 * 60_000
const LINES = 100
// The default separators of an index ("Create indexes").
const SEPARATORS = /[,\s'";=()[\]{}?@&<>/:]+/

/** One line that Function Compute wrote into a log store. */
export interface LogRow {
  project: string
  logstore: string
  /** Seconds since 1970-01-01 UTC. */
  time: number
  topic: string
  fields: Record<string, string>
}

/** The lines of an invocation as they come into its function's log store; none when it has none. */
export function logRows(run: Run, { deployed }: Target): LogRow[] {
  const { log } = deployed
  if (log === undefined) return []
  const { serviceName, functionName, qualifier, versionId } = run
  const fields = {
    ...(serviceName === '' ? {} : { serviceName }),
    functionName,
    qualifier,
    versionId: versionId === 'LATEST' ? '' : versionId,
    instanceID: `c-${deployed.id.slice(0, 8)}`,
  }
  // In 2.0 the topic is the service; the request's id is in the first and the last line alone.
  const topic = serviceName === '' ? `FCLogs:${functionName}` : serviceName
  const lines = run.result.log.split('\n').filter((line) => line !== '')
  return lines.map((message, index) => ({
    ...log,
    time: Math.floor(run.at / 1000),
    topic,
    // Lines of one second are told apart by this.
    fields: { ...fields, message, __time_ns_part__: String((run.at % 1000) * 1e6 + index) },
  }))
}

/**
 * GetLogs of Simple Log Service (2020-12-30) as far as `logs` of a function needs it: signature of version 1
 * recomputed, a topic, words that must all occur, `from` up to but without `to` in seconds, `line` and `offset`,
 * `reverse`.
 *
 * @throws {Fault} with that service's codes
 */
export function getLogs(
  { owner, logProjects }: Account,
  rows: LogRow[],
  request: VendorRequest,
  now: number,
): VendorAnswer {
  checkSignature(request, owner, now)
  const { params } = request
  const logstore = decodeURIComponent(request.path.replace(/^\/logstores\//, ''))
  const project = projectOf(request)
  const stores = logProjects[project]
  if (!stores) throw new Fault(404, 'ProjectNotExist', `The Project does not exist : ${project}`)
  if (!stores.includes(logstore)) throw new Fault(404, 'LogStoreNotExist', `logstore ${logstore} does not exist`)
  if (params.get('type') !== 'log') throw new Fault(400, 'ParameterInvalid', 'type must be log')
  const [from, to] = [whole(params, 'from'), whole(params, 'to')]
  if (from >= to) throw new Fault(400, 'InvalidTimeRange', 'request time range is invalid')
  const line = whole(params, 'line', LINES)
  if (line > LINES) throw new Fault(400, 'ParameterInvalid', `line must be from 0 to ${LINES}`)
  const offset = whole(params, 'offset', 0)
  const topic = params.get('topic')
  const found = rows
    .filter((row) => row.project === project && row.logstore === logstore)
    .filter(({ time }) => time >= from && time < to)
    .filter((row) => !topic || row.topic === topic)
    .filter((row) => wordsOf(params.get('query') ?? '').every((word) => holds(row, word)))
  const ordered = params.get('reverse') === 'true' ? found.toReversed() : found
  const body = ordered.slice(offset, offset + line).map(({ time, topic: __topic__, fields }) => ({
    __time__: String(time),
    __topic__,
    __source__: '',
    ...fields,
  }))
  return { status: 200, headers: { 'x-log-progress': 'Complete', 'x-log-count': String(body.length) }, body }
}

/**
 * The project is the host's first label. At a moved address, which has no room for it, it is the header
 * `x-log-project`.
 */
function projectOf({ headers }: VendorRequest): string {
  const { host = '', 'x-log-project': named } = headers
  return LOOPBACK.test(host) ? String(named ?? '') : (host.split('.')[0] ?? '')
}

function whole(params: URLSearchParams, name: string, otherwise?: number): number {
  const text = params.get(name)
  if (text === null && otherwise !== undefined) return otherwise
  if (text === null || !/^\d+$/.test(text)) throw new Fault(400, 'ParameterInvalid', `${name} must be a whole number`)
  return Number(text)
}

function wordsOf(query: string): string[] {
  return query.split(/\s+(?:and\s+)?/i).filter((word) => word !== '' && word !== '*')
}

/** A word, `field:word`, or the start of one with `*`. */
function holds({ fields }: LogRow, wanted: string): boolean {
  const [, field, quoted = ''] = /^(?:(\w+):)?(.*)$/s.exec(wanted) ?? []
  const word = quoted.replaceAll('"', '').toLowerCase()
  const texts = field === undefined ? Object.values(fields) : [fields[field] ?? '']
  const fits = (part: string) => (word.endsWith('*') ? part.startsWith(word.slice(0, -1)) : part === word)
  return texts.some((text) => text.toLowerCase().split(SEPARATORS).some(fits))
}

function checkSignature(request: VendorRequest, owner: Account['owner'], now: number): void {
  const { method, path, params, headers } = request
  const match = /^LOG ([^:]+):(\S+)$/.exec(headers.authorization ?? '')
  if (!match) throw new Fault(401, 'Unauthorized', 'the header Authorization is missing or malformed')
  if (match[1] !== owner.accessKeyId) throw new Fault(401, 'Unauthorized', 'access key id is not found')
  if (headers['x-acs-security-token'] !== owner.securityToken) {
    throw new Fault(401, 'SecurityTokenInvalid', 'the security token is missing, or is not that of the access key')
  }
  const { date = '', 'content-md5': md5 = '', 'content-type': type = '' } = headers
  if (!(Math.abs(now - Date.parse(date)) <= CLOCK_MS)) {
    throw new Fault(400, 'RequestTimeExpired', `the request time ${date} has expired`)
  }
  const own = Object.keys(headers)
    .filter((name) => /x-log-|x-acs-/.test(name))
    .sort()
  const lines = own.map((name) => `${name}:${headers[name]}\n`).join('')
  const query = [...params].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => `${name}=${value}`)
  const resource = query.length > 0 ? `${path}?${query.join('&')}` : path
  const toSign = `${method}\n${md5}\n${type}\n${date}\n${lines}${resource}`
  if (createHmac('sha256', owner.accessKeySecret).update(toSign).digest('base64') !== match[2]) {
    throw new Fault(401, 'SignatureNotMatch', 'signature does not match')
  }
}
