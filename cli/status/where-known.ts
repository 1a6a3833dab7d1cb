import { inEach, type Missed } from '../../shared/contracts/in-each.ts'
import type { Bilingual } from '../../shared/contracts/words.ts'
import { audited, type Deed } from '../audited.ts'
import { tellMissed } from '../every-region.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import type { Target } from '../target.ts'
import { commonWords } from '../words/common.ts'

/**
 * Does a deed in each region, at once, of which some may not know what it is about: `work` resolves with whether one does. Resolves with
 * those that did not answer. Throws `unknown` where none of those that did knows it, after it has told which did not.
 */
export function whereKnown(
  deed: Deed,
  targets: [Target, ...Target[]],
  io: CliIo,
  work: (target: Target) => Promise<boolean>,
  unknown: Bilingual,
): Promise<Missed<Target>[]> {
  return audited(deed, targets, io, async () => {
    const { done, missed } = await inEach(targets, work)
    if (done.some(({ result }) => result)) return missed
    tellMissed(missed, () => commonWords[io.language].perhapsThere, io)
    throw new CommandError(unknown)
  })
}
