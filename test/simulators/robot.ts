import type { SandboxMessage } from './sandbox.ts'
import type { VendorAnswer } from './server.ts'

/** A robot's refusal: in a 200, with the code inside. */
export interface RobotRefusal {
  errcode: number
  errmsg: string
}

/** What a robot's simulator tells as it happens; `at` is milliseconds since 1970-01-01 UTC. */
export type RobotEvent<Message> =
  | { type: 'message'; at: number; message: Message }
  | ({ type: 'refused'; at: number } & RobotRefusal)

/** Chat robots say everything in a 200. */
export function robotAnswer(errcode: number, errmsg: string): VendorAnswer {
  return { status: 200, body: { errcode, errmsg } }
}

/** Brings a robot's events to whoever watches a sandbox. */
export function robotTeller<Message>(
  tell: (message: SandboxMessage) => void,
  shown: (message: Message) => Pick<SandboxMessage, 'text' | 'format'>,
): (event: RobotEvent<Message>) => void {
  return (event) => {
    const { at } = event
    if (event.type === 'message') return tell({ at, ...shown(event.message) })
    tell({ at, text: '', format: 'text', refused: `${event.errcode} ${event.errmsg}` })
  }
}
