import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Plugin } from 'vitest/config'
import { type Registered, renderTables } from '../../scaffold/render-tables.ts'
import { rooms } from '../../scaffold/tables.ts'
import { channels, voiceRoutes } from '../../shared/channels/registry.ts'
import { checks } from '../../shared/checks/registry.ts'
import { formats } from '../../shared/ingest/registry.ts'

const root = join(import.meta.dirname, '../..')

/** The registries with one line more each, of a folder that exists in tests alone. */
const registered: Registered = {
  channels: [...channels, 'pager'],
  voiceRoutes: [...voiceRoutes, 'bell'],
  checks: [...checks, 'tide'],
  formats: ['drum', ...formats],
}

/** Where such a folder would stand, and where it stands. */
const folders = [
  { as: `${rooms.channels}/pager/`, is: 'test/fixtures/channels/pager/' },
  { as: `${rooms.voiceRoutes}/bell/`, is: 'test/fixtures/voice-routes/bell/' },
  { as: `${rooms.checks}/tide/`, is: 'test/fixtures/checks/tide/' },
  { as: `${rooms.formats}/drum/`, is: 'test/fixtures/formats/drum/' },
]

function standsAt(path: string): string {
  const folder = folders.find(({ as }) => path.startsWith(as))
  return join(root, folder === undefined ? path : path.replace(folder.as, folder.is))
}

/** The tables as `npx node cli/schema.ts` would make them if each fixture's folder and its one line in a registry were there. */
export function withFixtures(): Plugin {
  const tables = renderTables(registered, (path) => existsSync(standsAt(path)))
  return {
    name: 'with-fixtures',
    enforce: 'pre',
    resolveId(source, importer) {
      if (importer === undefined || !source.startsWith('.')) return undefined
      const path = relative(root, join(importer, '..', source))
      return folders.some(({ as }) => path.startsWith(as)) ? standsAt(path) : undefined
    },
    load: (id) => tables[relative(root, id)],
  }
}
