import { stylePolicy } from '../../shared/engine/status/style-policy.ts'

/** What a status page may load, and that nobody frames it. */
export const statusPolicy = { 'content-security-policy': `${stylePolicy}; frame-ancestors 'none'` }
