import { createHash } from 'node:crypto'
import type { EngineIo } from '../../../shared/engine/io.ts'

/** As long as those that the command makes. */
const ID_CHARACTERS = 8

/**
 * The id of what a request makes: whoever repeats one that was not answered makes the same thing; one of another day under its key, or
 * with another body, another.
 */
export function idOf({ body, once, io }: { body: unknown; once?: string; io: Pick<EngineIo, 'token'> }): string {
  return createHash('sha256')
    .update(JSON.stringify([once ?? io.token(), body]))
    .digest('hex')
    .slice(0, ID_CHARACTERS)
}
