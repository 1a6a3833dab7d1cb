import type { Hands, PathIo } from '../../shared/path/io.ts'
import { dial, stop } from './calls.ts'
import type { HandsDeps } from './deps.ts'
import { notices } from './notices.ts'

/** The hands of the path: what it decides is carried out here, by the channels and voice routes that are configured. */
export function pageHands(deps: HandsDeps): (io: PathIo) => Hands {
  return (io) => ({
    ...notices(deps, io),
    dial: (effect, uncertain) => dial(effect, uncertain, deps, io),
    stop: (effect, tries) => stop(effect, tries, deps, io),
  })
}
