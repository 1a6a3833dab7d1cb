import type { LogEntry } from '../../contracts/log-entry.ts'

/**
 * Writes one line of JSON, as CloudWatch Logs Insights reads it. Where a function's log format is JSON Lambda makes the line of an object itself,
 * with time, level and request beside it as `message` (Lambda developer guide, "Configuring JSON and plain text log formats").
 */
export function writeLog(entry: LogEntry): void {
  const { level, ...told } = entry
  if (process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON') console[level](told)
  else console.log(JSON.stringify(entry))
}
