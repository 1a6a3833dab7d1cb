import { viewProofs } from '../../shared/engine/console/view-proofs.ts'
import { recently } from '../../shared/store/recently.ts'
import type { ConsoleDeps } from './deps.ts'

/** What is shown while all is calm is as good as new for so long. */
const PROVEN_MS = 60_000

/** Makes a reader of what proved itself lately, for which the histories of the newest incidents are read. */
export function proofsReader({ config, io }: Pick<ConsoleDeps, 'config' | 'io'>) {
  const read = recently(
    () => viewProofs(config, io()),
    PROVEN_MS,
    () => io().now(),
  )
  return () => read('')
}
