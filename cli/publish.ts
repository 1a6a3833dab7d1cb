import { readFileSync, writeFileSync } from 'node:fs'
import { fenghuoSchema, oncallSchema } from '../shared/config/json-schema.ts'
import { guides } from '../shared/ingest/registered/guides.ts'
import { withPipeline } from './architecture-page.ts'
import { channelsPage } from './channels-page.ts'
import { configurationPage } from './configuration-page.ts'
import { inboundDocument } from './inbound/document.ts'
import { inboundPage, pageOf } from './inbound/page.ts'

/** Writes what is published of the code anew: JSON Schemas, the pages of channels and inbound formats, the drawings of the path. */
export function publish(): void {
  for (const [name, schema] of Object.entries({ fenghuo: fenghuoSchema(), oncall: oncallSchema() }))
    write(`schema/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`)
  for (const [ending, language] of [
    ['md', 'en'],
    ['zh-CN.md', 'zh'],
  ] as const) {
    write(`docs/channels.${ending}`, channelsPage(language))
    write(`docs/configuration.${ending}`, configurationPage(language))
    write(`docs/inbound.${ending}`, inboundDocument(language))
    for (const guide of guides) write(`docs/${pageOf(guide, language)}`, inboundPage(guide, language))
    const architecture = `docs/architecture.${ending}`
    write(architecture, withPipeline(readFileSync(fileOf(architecture), 'utf8'), language))
  }
}

function write(path: string, text: string): void {
  writeFileSync(fileOf(path), text)
}

function fileOf(path: string): URL {
  return new URL(`../${path}`, import.meta.url)
}
