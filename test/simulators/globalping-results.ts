/** Results of tests in the shapes of Globalping's OpenAPI description (github jsdelivr/globalping, public/v1). */
export type TestResult = Record<string, unknown> & { status: 'finished' | 'failed' | 'offline'; rawOutput: string }

interface HttpTimes {
  total: number
  dns?: number
  tcp?: number
  tls?: number
  firstByte?: number
  download?: number
}

/** A `FinishedHttpTestResult`; times in whole milliseconds. */
export function httpResult(statusCode: number, times: HttpTimes, tls: unknown = null): TestResult {
  return {
    status: 'finished',
    rawOutput: `HTTP/1.1 ${statusCode}`,
    rawHeaders: 'content-type: text/html',
    rawBody: '<html>',
    truncated: false,
    headers: { 'content-type': 'text/html', 'set-cookie': ['a=1', 'b=2'] },
    resolvedAddress: '203.0.113.10',
    statusCode,
    statusCodeName: statusCode === 200 ? 'OK' : 'Some Status',
    timings: { dns: null, tcp: null, tls: null, firstByte: null, download: null, ...times },
    tls,
  }
}

/** A `FinishedPingTestResult` of so many packets; a lost one has no time. */
export function pingResult(...times: (number | undefined)[]): TestResult {
  const came = times.filter((ms) => ms !== undefined)
  const sum = came.reduce((total, ms) => total + ms, 0)
  const drop = times.length - came.length
  const stats =
    came.length === 0
      ? { min: null, avg: null, max: null }
      : { min: Math.min(...came), avg: sum / came.length, max: Math.max(...came) }
  return {
    status: 'finished',
    rawOutput: `PING ${times.length} packets`,
    resolvedAddress: '203.0.113.10',
    resolvedHostname: '203.0.113.10',
    stats: { ...stats, total: times.length, rcv: came.length, drop, loss: (drop / times.length) * 100 },
    timings: came.map((rtt) => ({ rtt, ttl: 56 })),
  }
}

/** A `FailedTestResult`. */
export function failedResult(failureSource: 'target' | 'resolver' | 'internal', rawOutput: string): TestResult {
  return { status: 'failed', failureSource, rawOutput }
}
