import type { TimelineEntry } from '../../../shared/incidents/timeline-entry.ts'
import type { PhoneAction, Trouble } from '../stage.ts'
import type { Dated, IncidentKey, Region } from './cast.ts'

/** What happens in two regions. `call` is the vendor's id of a call. */
export type RegionEvent = Dated &
  (
    | { type: 'region'; region: Region; is: 'started' | 'killed' }
    | { type: 'link'; is: 'cut' | 'mended' }
    /** Both regions were sent an alert, or its end. */
    | { type: 'alert'; incident: IncidentKey; is: 'sent' | 'over' }
    | { type: 'ring' | 'listening' | 'ended'; region: Region; call: string; phone: string }
    /** A line of the timeline that a region keeps of an incident. */
    | { type: 'entry'; region: Region; incident: IncidentKey; entry: TimelineEntry }
    | { type: 'trouble'; region: Region; trouble: Trouble }
  )

/** What a rehearsal needs: two regions that can be lost and cut off from each other, and phones at hand. */
export interface RegionStage {
  /** Tells of everything from now on; called once. */
  listen(listener: (event: RegionEvent) => void): void
  /** Starts a region, on what it had when it was killed. Rejects when it does not come up. */
  start(region: Region): Promise<void>
  /** Ends a region's processes at once. */
  kill(region: Region): Promise<void>
  /** Nothing that a region sends to the other arrives any more, or is answered. */
  cut(): void
  mend(): void
  /** Sends an alert to the events queues of both, as probes and other senders do. */
  alert(incident: IncidentKey, action: 'trigger' | 'resolve'): Promise<void>
  /** Rejects when the phone is not in a state for that. */
  phone(region: Region, call: string, action: PhoneAction): Promise<void>
}
