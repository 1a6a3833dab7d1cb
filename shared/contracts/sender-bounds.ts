/** For whom a sender speaks. */
export interface SenderBounds {
  /** Projects, whose alerts and heartbeats it sends. */
  projects: string[]
  /** `cloud/region` names, whose reports it sends. */
  vantages: string[]
}
