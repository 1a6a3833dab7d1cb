/** What some calls take: each call's action by the vendor's table of authorisations, and on what it is allowed. */
export interface Grant {
  /** The vendor's resource names; `{own}` stands for what all names of ours begin with. */
  on: string[]
  /** Actions by call. They are not always called alike, and one call may take several. */
  calls: Record<string, string | string[]>
  /** Where the vendor says so. */
  source: string
  /** Of a policy language that has it. */
  condition?: object
}
