import type { Delivered, Entry } from '../contracts/machine.ts'
import type { Incident, IncidentEvent, NoticeEffect } from '../incidents/incident.ts'
import type { PhoneLineEffect, PhoneLineEvent } from '../phoneline/phone-line.ts'

/** What reaches out to people: messages and calls. Rejections mean that nothing was done. */
export interface Gateway {
  /** What a notice will need may be asked for while it is being written that it goes out, such as room in a robot's rate limit. */
  prefetch?(effect: NoticeEffect): void
  notice(effect: NoticeEffect, entry: Entry<NoticeEffect>, incident: Incident): Promise<Delivered<IncidentEvent>>
  dial(effect: Extract<PhoneLineEffect, { type: 'dial' }>, uncertain: boolean): Promise<Delivered<PhoneLineEvent>>
  stop(effect: Extract<PhoneLineEffect, { type: 'stop' }>, tries: number): Promise<Delivered<PhoneLineEvent>>
}
