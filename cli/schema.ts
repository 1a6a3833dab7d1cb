import { fileURLToPath } from 'node:url'
import { writeTables } from '../scaffold/write-tables.ts'

/**
 * Writes what is made of the code anew: `npx node cli/schema.ts`. The tables of what is registered come first, since the rest is made
 * of what they hold.
 */
await writeTables(fileURLToPath(new URL('..', import.meta.url)))
const { publish } = await import('./publish.ts')
publish()
