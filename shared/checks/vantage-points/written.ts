import type { Limits } from '../run/limits.ts'
import type { GlobalpingLocation } from './spec.ts'

/** A `vantage-points` check as its keys are written: which nodes these are is not looked up yet. */
export interface WrittenCheck {
  target: string
  /** `globalping`, or a key of `speedTests`. */
  via: string
  token?: string
  nodes?: WrittenNode[]
  degraded?: Limits
  down?: Limits
}

/** A node by its name, or one of Globalping's by its location. */
export interface WrittenNode {
  name?: string
  location: GlobalpingLocation
  probes?: number
  degraded?: Limits
  down?: Limits
}

/** An entry of `speedTests`. */
export interface WrittenSpeedTest {
  url: string
  form: Record<string, string>
  headers: Record<string, string>
  timeoutMs: number
  fields: { total: string; connect: string; download: string; dns: string; status: string }
  nodes: { id: string; city: string; isp: string; degraded?: Limits; down?: Limits }[]
}
