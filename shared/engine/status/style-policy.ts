import { createHash } from 'node:crypto'
import { statusStyle } from '../../messages/status/style.ts'

const hash = createHash('sha256').update(statusStyle).digest('base64')

/** A status page loads nothing: its style, which stands in it, is told by its digest, and its image is a part of it. */
export const stylePolicy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'; base-uri 'none'`
