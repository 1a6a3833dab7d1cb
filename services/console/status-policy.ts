import { createHash } from 'node:crypto'
import { statusStyle } from '../../shared/messages/status/style.ts'

const hash = createHash('sha256').update(statusStyle).digest('base64')

/** A status page loads nothing: its style, which stands in it, is told by its digest, and its image is a part of it. */
const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`

export const statusPolicy = { 'content-security-policy': policy }
