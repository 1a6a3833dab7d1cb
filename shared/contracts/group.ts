/** What the group key of an incident begins with that joins alerts by their labels. No sender's key begins so. */
export const GROUP_PREFIX = 'fenghuo:group:'

/** Who joins a group of which people have heard is told so long after what they heard last (Alertmanager: group_interval). */
export const DEFAULT_GROUP_INTERVAL_MS = 5 * 60_000

/** How a project groups its alerts. */
export interface Grouped {
  /** Fields and labels: alerts that have them alike are one incident. */
  groupBy?: string[]
  /** A group's incident pages so long after it began. */
  groupWaitMs?: number
  /** Who joins it later is told together, so often. Absent: `DEFAULT_GROUP_INTERVAL_MS`. */
  groupIntervalMs?: number
}
