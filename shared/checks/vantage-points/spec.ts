import type { Limits } from '../run/limits.ts'

/** A `vantage-points` check as a probe carries it. Texts may hold `${NAME}`. */
export type VantagePointsSpec = GlobalpingSpec | SpeedTestSpec

/** Where a check looks from. Each node is a vantage of its own, the same in every run. */
export interface Node {
  vantage: string
  /** Slower than this is degraded. */
  degraded?: Limits
  /** Slower than this is down. */
  down?: Limits
}

export interface GlobalpingSpec {
  via: 'globalping'
  /** What is measured, as `readTarget` reads it. */
  target: string
  token?: string
  nodes: GlobalpingNode[]
}

export interface GlobalpingNode extends Node {
  location: GlobalpingLocation
  /** So many of Globalping's probes there are asked; their median counts. */
  probes: number
}

/** Globalping's own words, `MeasurementLocationOption` of its API. */
export interface GlobalpingLocation {
  /** ISO 3166-1, two capital letters. */
  country?: string
  /** Of the US, two capital letters. */
  state?: string
  /** In English. */
  city?: string
  asn?: number
  network?: string
  tags?: string[]
}

export interface SpeedTestSpec {
  via: 'speed-test'
  /** A URL. */
  target: string
  service: SpeedTestService
  nodes: SpeedTestNode[]
}

export interface SpeedTestNode extends Node {
  /** The service's ids of its machines in this city at this ISP; their median counts. */
  ids: string[]
}

/** A speed test that is asked by a form per node. */
export interface SpeedTestService {
  url: string
  /** `{id}`, `{url}` and `{host}` become the node's id, the target, and its host. */
  form: Record<string, string>
  /** Names in lower case. */
  headers: Record<string, string>
  /** A node that has not answered by then is timed out. */
  timeoutMs: number
  /** Names of fields in the service's answer; times are in milliseconds. */
  fields: SpeedTestFields
}

/** `total`, `connect` and `download` must be in an answer; the others may. */
export interface SpeedTestFields {
  total: string
  connect: string
  download: string
  dns: string
  status: string
}
