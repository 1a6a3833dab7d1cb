import { changeSubscriber } from '../../store/subscribers.ts'
import type { EngineIo } from '../io.ts'

/** Takes away a subscriber whom somebody of ours wants to be told no more. False: nobody knows them any more. */
export async function removeSubscriber(
  page: string,
  name: string,
  io: Pick<EngineIo, 'incidents' | 'log' | 'now'>,
): Promise<boolean> {
  return changeSubscriber(
    page,
    name,
    (before) => (before?.state === 'gone' ? undefined : before && { ...before, state: 'gone', address: '' }),
    io,
  )
}
