/** An `http` check as a probe carries it. `url`, `headers` and `body` may hold `${NAME}`. */
export interface HttpSpec {
  url: string
  method: string
  /** Names in lower case. */
  headers: Record<string, string>
  body?: string
  /** Expected statuses: ranges, both ends included. */
  status: [from: number, to: number][]
  /** How many redirects are followed. One whose own status is expected is the answer, and is not. */
  redirects: number
  /** Text that the body holds. */
  contains?: string
  /** A regular expression (flag `u`) that the body matches somewhere. */
  matches?: string
  /** JSON path → the value that stands there. */
  json?: Record<string, string | number | boolean | null>
  /** Slower than this is degraded. */
  degradedMs?: number
  /** Lets the check reach a cloud's metadata service. */
  allowMetadata: boolean
}
