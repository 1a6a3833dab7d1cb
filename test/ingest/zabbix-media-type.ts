import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

interface MediaType {
  parameters: { name: string; value: string }[]
  script: string
  message_templates: { event_source: string; operation_mode: string }[]
}

const file = new URL('../../docs/zabbix-media-type.yaml', import.meta.url)

/** The media type that users of Zabbix import. */
export const mediaType: MediaType = parse(readFileSync(file, 'utf8')).zabbix_export.media_types[0]

/** Its parameters as Zabbix hands them to the script: a macro that it can't resolve stays as it is. */
export function parametersOf(macros: Record<string, string>): Record<string, string> {
  return Object.fromEntries(mediaType.parameters.map(({ name, value }) => [name, macros[value] ?? value]))
}
