import { writeFileSync } from 'node:fs'
import { fenghuoSchema, oncallSchema } from '../shared/config/json-schema.ts'

/** Writes the published JSON Schemas anew from the code's: `npx node cli/schema.ts`. */
for (const [name, schema] of Object.entries({ fenghuo: fenghuoSchema(), oncall: oncallSchema() })) {
  writeFileSync(new URL(`../schema/${name}.json`, import.meta.url), `${JSON.stringify(schema, null, 2)}\n`)
}
