/** One line of JSON, as CloudWatch Logs Insights reads it. */
export function writeLog(entry: Record<string, unknown>): void {
  console.log(JSON.stringify(entry))
}
