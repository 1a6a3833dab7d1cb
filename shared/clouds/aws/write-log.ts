/**
 * Writes one line of JSON, as CloudWatch Logs Insights reads it. Where a function's log format is JSON Lambda makes the line of an object itself,
 * with time, level and request beside it as `message` (Lambda developer guide, "Configuring JSON and plain text log formats").
 */
export function writeLog(entry: Record<string, unknown>): void {
  const { level, ...told } = entry
  const isJson = process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON'
  const write = { error: console.error, warn: console.warn }[String(isJson ? level : '')] ?? console.log
  write(isJson ? told : JSON.stringify(entry))
}
