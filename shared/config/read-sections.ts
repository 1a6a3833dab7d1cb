import { checkKindConfigs } from '../checks/registered/configs.ts'
import type { Reader } from './reader.ts'

/** The sections of the file that belong to kinds of checks, such as `speedTests`. */
export const kindSections = checkKindConfigs.flatMap(({ section }) => section ?? [])

/** What checks refer to: section → name → entry. An entry with a mistake is there as `undefined`. */
export type Sections = Record<string, Record<string, unknown>>

/** The sections of the file that kinds of checks have (`kafka`, `speedTests`), by key and name; an entry with mistakes is `undefined`. */
export function readSections(reader: Reader): Sections {
  return Object.fromEntries(
    kindSections.map(({ key, name, entry }) => {
      const names = reader.names(name, [key])
      return [key, Object.fromEntries(names.map((each) => [each, reader.read(entry, [key, each])]))]
    }),
  )
}
