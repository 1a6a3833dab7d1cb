import { readFileSync, writeFileSync } from 'node:fs'
import { fenghuoSchema, oncallSchema } from '../shared/config/json-schema.ts'
import { withPipeline } from './architecture-page.ts'
import { channelsPage } from './channels-page.ts'
import { configurationPage } from './configuration-page.ts'
import { inboundDocument } from './inbound/document.ts'

/**
 * Writes what is published of the code anew, JSON Schemas, the pages of channels and inbound formats, the drawings of the path:
 * `npx node cli/schema.ts`.
 */
for (const [name, schema] of Object.entries({ fenghuo: fenghuoSchema(), oncall: oncallSchema() })) {
  writeFileSync(new URL(`../schema/${name}.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
}
writeFileSync(new URL('../docs/channels.md', import.meta.url), channelsPage('en'))
writeFileSync(new URL('../docs/channels.zh-CN.md', import.meta.url), channelsPage('zh'))
writeFileSync(new URL('../docs/configuration.md', import.meta.url), configurationPage('en'))
writeFileSync(new URL('../docs/configuration.zh-CN.md', import.meta.url), configurationPage('zh'))
writeFileSync(new URL('../docs/inbound.md', import.meta.url), inboundDocument('en'))
writeFileSync(new URL('../docs/inbound.zh-CN.md', import.meta.url), inboundDocument('zh'))
for (const [name, language] of [
  ['architecture.md', 'en'],
  ['architecture.zh-CN.md', 'zh'],
] as const) {
  const page = new URL(`../docs/${name}`, import.meta.url)
  writeFileSync(page, withPipeline(readFileSync(page, 'utf8'), language))
}
