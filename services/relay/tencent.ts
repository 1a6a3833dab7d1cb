import { required } from '../../shared/clouds/aws/env.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { LogEntry } from '../../shared/contracts/log-entry.ts'
import { relayWecom } from '../../shared/engine/answers/relay-wecom.ts'

/**
 * What the address of a function of SCF hands over, and what it takes for an answer (cloud.tencent.com/document/product/583/96099, "function
 * URL"; the fields of its gateway, which it is compatible with, may come, too).
 */
interface ScfRequest {
  httpMethod?: string
  headers?: Record<string, string> | null
  body?: string | null
  isBase64Encoded?: boolean
}

interface ScfAnswer {
  isBase64Encoded: false
  statusCode: number
  headers: Record<string, string>
  body: string
}

type ScfHandler = (event: unknown) => Promise<ScfAnswer>

/** Builds the function from its environment. Throws, naming the variable, if something is missing there. */
export function wire(env: Env): ScfHandler {
  const io = {
    secret: required(env, 'RELAY_SECRET'),
    env,
    fetch,
    now: Date.now,
    log: (entry: LogEntry) => console.log(JSON.stringify(entry)),
  }
  return async (event) => {
    const { httpMethod: method = '', headers, body, isBase64Encoded }: ScfRequest = Object(event)
    const inLowerCase = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)])
    const { status, body: said } = await relayWecom(
      {
        method,
        headers: Object.fromEntries(inLowerCase),
        body: Buffer.from(String(body ?? ''), isBase64Encoded ? 'base64' : 'utf8'),
      },
      io,
    )
    const type = { 'content-type': 'application/json; charset=utf-8' }
    return { isBase64Encoded: false, statusCode: status, headers: type, body: said }
  }
}

let wired: ScfHandler | undefined

/** What SCF calls. */
export const handler: ScfHandler = async (event) => {
  wired ??= wire(process.env)
  return wired(event)
}
