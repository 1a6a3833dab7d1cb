/** What somebody asks for: the next layer, the one of a number from 0, or other people first. */
export interface EscalationAsked {
  layer?: number
  /** Contacts or schedules, who are paged before the policy's layers from then on. */
  to?: string[]
  /** The same for every time that a vendor brings this press of a button. */
  once?: string
}
