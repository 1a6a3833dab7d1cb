import { CloudError } from './backend.ts'

/** An error as people need it: what was called, the vendor's words and code, the request's id, and what to do. */
export function explained(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(explained).join('\n')
  if (!(error instanceof CloudError)) return error instanceof Error ? error.message : String(error)
  const { action, code, message, requestId, advice } = error
  const request = requestId === undefined ? '' : `, request ${requestId}`
  return `${message} (${action}: ${code}${request})${advice === undefined ? '' : `\n  ${advice}`}`
}
