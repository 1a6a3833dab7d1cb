/** The names of what the pages load, from here alone: each holds a hash of its content, so that a browser keeps it for good. */
export interface AssetNames {
  style: string
  script: string
  icon: string
  /** What draws charts that a pointer can look into: loaded where there are some, and one. */
  chart: string
  chartStyle: string
}

/** What the pages load. No page needs the files themselves: each is read when a browser asks for it. */
export interface Assets extends AssetNames {
  /** Undefined: there is none of this name. */
  read(name: string): Promise<Asset | undefined>
}

/** A file as it is kept. */
export interface Asset {
  bytes: Uint8Array<ArrayBuffer>
  /** Absent: as it is. */
  coding?: 'br'
}

/** What browsers load, as it is built: its names, and what each file holds. */
export interface BuiltAssets {
  names: AssetNames
  files: Record<string, Uint8Array<ArrayBuffer>>
}

/** The file in which packaging writes the names; the others stand beside it. */
export const NAMES_FILE = 'assets.json'

/** The file of a package that holds an asset: compressed once and for all, better than an answer has time for. */
export function packedName(name: string): string {
  return `${name}.br`
}

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
}

/** As what a browser takes a file of this name; undefined for one that no file of ours has, such as one that leads elsewhere. */
export function typeOfAsset(name: string): string | undefined {
  const extension = /^[\w-]+\.(\w+)$/.exec(name)?.[1] ?? ''
  return Object.hasOwn(types, extension) ? types[extension] : undefined
}

/** Assets that are all at hand. */
export function assetsOf({ names, files }: BuiltAssets): Assets {
  const read = (name: string) => (Object.hasOwn(files, name) ? files[name] : undefined)
  return {
    ...names,
    read: async (name) => {
      const bytes = read(name)
      return bytes && { bytes }
    },
  }
}
