import { writeFileSync } from 'node:fs'
import { fenghuoSchema, oncallSchema } from '../shared/config/json-schema.ts'
import { channelsPage } from './channels-page.ts'

/** Writes what is published of the code anew, JSON Schemas and the page of channels: `npx node cli/schema.ts`. */
for (const [name, schema] of Object.entries({ fenghuo: fenghuoSchema(), oncall: oncallSchema() })) {
  writeFileSync(new URL(`../schema/${name}.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
}
writeFileSync(new URL('../docs/channels.md', import.meta.url), channelsPage())
