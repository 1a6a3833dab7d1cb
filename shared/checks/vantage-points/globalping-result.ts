import type { Phases } from '../../contracts/report.ts'
import type { RunResult } from '../kind.ts'
import { fact } from '../run/fault.ts'
import type { VantagePointsFault } from './faults.ts'
import { type Fields, fields } from './fields.ts'

/**
 * What one of Globalping's probes saw: a `TestResult` of its API (v1). An HTTP status below 400 with a trusted
 * certificate is up (Globalping follows no redirect); a ping is up when any packet came back. What failed at
 * Globalping itself (`failureSource: internal`, `offline`, a shape that the API does not have) is unknown.
 */
export function readResult(result: unknown): RunResult {
  const test = fields(result)
  switch (test.status) {
    case 'finished':
      return readFinished(test)
    case 'failed':
      return readFailed(test)
    case 'offline':
      return unknown(fact('api-probe-offline'))
    default:
      return unknown(fact('api-result-malformed'))
  }
}

function readFailed({ failureSource, rawOutput }: Fields): RunResult {
  const said = typeof rawOutput === 'string' ? firstLine(rawOutput) : ''
  if (failureSource === 'internal') return unknown(fact('api-probe-failed', { said }))
  return down(said === '' ? fact('node-failed') : { code: saidBy(failureSource), args: { said } })
}

function readFinished(test: Fields): RunResult {
  if (typeof test.statusCode === 'number') return readHttp(test, test.statusCode)
  if (typeof fields(test.stats).loss === 'number') return readPing(fields(test.stats))
  return unknown(fact('api-result-malformed'))
}

function readHttp({ timings, tls }: Fields, status: number): RunResult {
  const seen = { ...latency(fields(timings).total), ...phasesOf(fields(timings)) }
  const { authorized, error } = fields(tls)
  if (authorized === false) return { ...down(fact('certificate-not-trusted', { said: String(error ?? '?') })), ...seen }
  return status < 400 ? { outcome: 'up', ...seen } : { ...down(fact('node-status', { status })), ...seen }
}

function readPing({ avg, rcv, loss }: Fields): RunResult {
  const lost: VantagePointsFault = fact('packet-loss', { percent: Math.round(Number(loss)) })
  if (rcv === 0) return down(lost)
  return { outcome: 'up', ...latency(avg), ...(loss === 0 ? {} : { fault: lost }) }
}

function phasesOf({ dns, tcp: connect, tls, firstByte, download }: Fields): { phases?: Phases } {
  const known = Object.entries({ dns, connect, tls, firstByte, download }).filter(([, ms]) => isTime(ms))
  return known.length === 0 ? {} : { phases: Object.fromEntries(known) }
}

function latency(ms: unknown): { latencyMs?: number } {
  return isTime(ms) ? { latencyMs: ms } : {}
}

function isTime(ms: unknown): ms is number {
  return typeof ms === 'number' && ms >= 0
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.trim() ?? ''
}

function saidBy(failureSource: unknown): 'node-resolver-says' | 'node-says' {
  return failureSource === 'resolver' ? 'node-resolver-says' : 'node-says'
}

function down(fault: VantagePointsFault): RunResult {
  return { outcome: 'down', fault }
}

function unknown(fault: VantagePointsFault): RunResult {
  const ofParty: VantagePointsFault = fact('third-party', { who: 'globalping', fault })
  return { outcome: 'unknown', fault: ofParty }
}
