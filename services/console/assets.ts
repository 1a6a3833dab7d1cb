/** What the pages load, from here alone: names hold a hash of the content, so that a browser keeps them for good. */
export interface Assets {
  style: string
  script: string
  icon: string
  /** By name. */
  files: Record<string, Asset>
}

export interface Asset {
  type: string
  body: Uint8Array<ArrayBuffer>
}
