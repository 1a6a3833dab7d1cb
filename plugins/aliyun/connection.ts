import type { Credentials } from './credentials.ts'

/** Where the API of one account in one region is, and who asks. */
export interface Connection {
  region: string
  credentials: Credentials
  /** `FENGHUO_ALIYUN_URL`: scheme, host and port that all requests go to instead. */
  movedTo?: string
  /** What no message may contain. */
  secrets: readonly string[]
}

/** How long one answer may take, in milliseconds; uploading a zip of 20 MB at 2 Mbit/s takes 80 s. */
export const READ_TIMEOUT_MS = 120_000
export const CONNECT_TIMEOUT_MS = 10_000

/** Scheme and host of Function Compute, both versions ("Endpoints"): the account's number is part of the name. */
export function functionComputeUrl({ region, credentials, movedTo }: Connection): URL {
  return new URL(movedTo ?? `https://${credentials.accountId}.${region}.fc.aliyuncs.com`)
}
