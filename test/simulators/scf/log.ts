import type { Cloud, RunRequest, Version } from './state.ts'

// The fourteen fields of a function's log: cloud.tencent.com/document/product/583/60336.
const RUNNING = 202

interface LoggedRun extends RunRequest {
  version: Version
  startedAt: number
  statusCode: number
  output: string
  durationMs: number
  memoryBytes: number
}

/** Writes a record for each line to the log topic of the version, and gives all lines as one text. */
export function logRun(run: LoggedRun, cloud: Cloud): string {
  const { function: found, version, requestId, durationMs } = run
  const { MemorySize, ClsTopicId } = version.content.configuration
  const usedMb = (run.memoryBytes / 1024 / 1024).toFixed(1)
  const time = cloud.settings.now()
  const lines: string[] = []

  function write(line: string, type: 'Platform' | 'Custom', statusCode: number) {
    lines.push(line)
    const fields = {
      SCF_FunctionName: found.name,
      SCF_Namespace: found.namespace,
      SCF_StartTime: String(run.startedAt),
      SCF_LogTime: String(time),
      SCF_RequestId: requestId,
      SCF_Duration: String(durationMs),
      SCF_Alias: found.aliases.has(run.qualifier) ? run.qualifier : '',
      SCF_Qualifier: version.name,
      SCF_MemUsage: usedMb,
      SCF_Level: 'INFO',
      SCF_Message: line,
      SCF_Type: type,
      SCF_StatusCode: String(statusCode),
      SCF_RetryNum: String(run.retry),
    }
    cloud.logs.push({ time, region: found.region, topic: ClsTopicId, fields })
  }

  write(`START RequestId: ${requestId}`, 'Platform', RUNNING)
  for (const line of run.output.split('\n').filter((text) => text !== '')) write(line, 'Custom', RUNNING)
  write(`END RequestId: ${requestId}`, 'Platform', RUNNING)
  const report = `Report RequestId: ${requestId} Duration:${durationMs}ms Memory:${MemorySize}MB MemUsage:${usedMb}MB`
  write(report, 'Platform', run.statusCode)
  return `${lines.join('\n')}\n`
}
