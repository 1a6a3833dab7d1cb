/** What somebody asks for: the next layer, the one of a number from 0, other people first, or another policy. */
export interface EscalationAsked {
  layer?: number
  /** Contacts or schedules, who are paged before the policy's layers from then on. */
  to?: string[]
  /** A key of the configuration's policies, by which it is paged from then on in place of the one before; also its project's own. */
  policy?: string
  /** The same for every time that a vendor brings this press of a button. */
  once?: string
}
