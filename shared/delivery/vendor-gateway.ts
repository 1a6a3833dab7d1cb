import type { StoreIo } from '../store/io.ts'
import type { Hands } from './gateway.ts'
import { dial, stop } from './place-call.ts'
import { notices } from './send-notice.ts'
import type { HandsDeps } from './vendors.ts'

/** The hands of the path: what it decides is carried out here, by the channels and voice routes that are configured. */
export function pageHands(deps: HandsDeps): (io: StoreIo) => Hands {
  return (io) => ({
    ...notices(deps, io),
    dial: (effect, uncertain) => dial(effect, uncertain, deps, io),
    stop: (effect, tries) => stop(effect, tries, deps, io),
  })
}
