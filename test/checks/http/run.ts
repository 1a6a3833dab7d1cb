import { http } from '../../../shared/checks/http/run.ts'
import type { RunResult } from '../../../shared/checks/kind.ts'
import { httpCheck, someIo } from '../records.ts'

/** Runs an http check from its keys as people write them, with these variables in the environment. */
export function run(keys: Record<string, unknown>, env: Record<string, string> = {}): Promise<RunResult> {
  return http.run(httpCheck(keys), someIo(env), Date.now() + 2_000)
}

/** The body of a request. */
export async function text(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
