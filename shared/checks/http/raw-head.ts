/** A status line and header fields, as they came; names may be in any case. */
export interface RawHead {
  status: number
  fields: [name: string, value: string][]
}
