import type { Delivered, Entry } from '../contracts/machine.ts'
import type { Incident, IncidentEvent, NoticeEffect } from '../incidents/incident.ts'
import type { PhoneLineEffect, PhoneLineEvent } from '../phoneline/phone-line.ts'
import type { RobotQueue, RobotQueueEvent } from './robot/queue.ts'

/** The notice is for its robot's queue, whose next turn comes after so long. */
export interface Waits {
  status: 'waits'
  /** It may have been posted. */
  repeat: boolean
  robot: string
  perMinute: number
  afterMs: number
}

/** What reaches out to people: messages and calls. Rejections mean that nothing was done. */
export interface Gateway {
  /** What a notice will need may be asked for while it is being written that it goes out, such as room in a robot's rate limit. */
  prefetch?(effect: NoticeEffect): void
  notice(
    effect: NoticeEffect,
    entry: Entry<NoticeEffect>,
    incident: Incident,
  ): Promise<Delivered<IncidentEvent> | Waits>
  /** What a robot's turn `seq` is to tell of what waits; asked again when the queue has changed meanwhile. */
  turn(seq: number): (queue: RobotQueue | undefined) => Promise<RobotQueueEvent>
  /** Posts the first message of a robot's turn. */
  post(queue: RobotQueue, uncertain: boolean): Promise<Delivered<RobotQueueEvent>>
  dial(effect: Extract<PhoneLineEffect, { type: 'dial' }>, uncertain: boolean): Promise<Delivered<PhoneLineEvent>>
  stop(effect: Extract<PhoneLineEffect, { type: 'stop' }>, tries: number): Promise<Delivered<PhoneLineEvent>>
}
