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

/** The same as packaging writes them: what browsers load is text. */
export type WrittenAssets = Omit<Assets, 'files'> & { files: Record<string, { type: string; text: string }> }

export function assetsIn({ files, ...names }: WrittenAssets): Assets {
  const read = Object.entries(files).map(([name, { type, text }]) => [
    name,
    { type, body: new TextEncoder().encode(text) },
  ])
  return { ...names, files: Object.fromEntries(read) }
}

export function writtenAssets({ files, ...names }: Assets): WrittenAssets {
  const texts = Object.entries(files).map(([name, { type, body }]) => [
    name,
    { type, text: new TextDecoder().decode(body) },
  ])
  return { ...names, files: Object.fromEntries(texts) }
}
