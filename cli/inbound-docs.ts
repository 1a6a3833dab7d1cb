import { writeFileSync } from 'node:fs'
import { inboundDocument } from './inbound/document.ts'

/** Writes docs/inbound.md anew, from the formats themselves: `npx node cli/inbound-docs.ts`. */
writeFileSync(new URL('../docs/inbound.md', import.meta.url), inboundDocument())
