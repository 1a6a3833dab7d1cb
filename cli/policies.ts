import { readFileSync, writeFileSync } from 'node:fs'
import { documents, withPolicies } from './policies/documents.ts'

/** Writes the policies into the documents anew, from the tables of authorisations: `npx node cli/policies.ts`. */
for (const name of documents) {
  const file = new URL(`../${name}`, import.meta.url)
  writeFileSync(file, withPolicies(readFileSync(file, 'utf8')))
}
