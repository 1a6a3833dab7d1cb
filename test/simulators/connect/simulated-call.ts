/** What was said, and by which voice. */
export interface Spoken {
  voice: string
  text: string
}

/** A call as those who watch it see it. Times are milliseconds since 1970-01-01 UTC. */
export interface SimulatedCall {
  readonly contactId: string
  readonly to: string
  readonly from: string
  readonly flowId: string
  readonly clientToken: string | undefined
  readonly name: string | undefined
  readonly description: string | undefined
  readonly references: Record<string, { Type: string; Value?: string | undefined }>
  /** The contact's attributes as the flow has them now. */
  readonly attributes: Record<string, string>
  state: 'ringing' | 'answered' | 'disconnected'
  /** The flow waits for a key. */
  listening: boolean
  /** Keys that the flow took, in order. */
  readonly keys: string[]
  readonly transcript: Spoken[]
  readonly initiatedAt: number
  connectedAt: number | undefined
  disconnectedAt: number | undefined
  disconnectReason: string | undefined
}

/** A call that has just begun to ring; `of` says what its vendor knows of it. */
export function ringing(
  of: Pick<SimulatedCall, 'contactId' | 'to' | 'from' | 'attributes' | 'initiatedAt'> & Partial<SimulatedCall>,
): SimulatedCall {
  return {
    flowId: '',
    clientToken: undefined,
    name: undefined,
    description: undefined,
    references: {},
    state: 'ringing',
    listening: false,
    keys: [],
    transcript: [],
    connectedAt: undefined,
    disconnectedAt: undefined,
    disconnectReason: undefined,
    ...of,
  }
}

/** What happens in a call, as it happens. */
export type CallEvent =
  | { type: 'ring' | 'answered' | 'disconnected'; call: SimulatedCall }
  | { type: 'speak'; call: SimulatedCall; spoken: Spoken }
  | { type: 'listening'; call: SimulatedCall }
  | { type: 'key'; call: SimulatedCall; key: string }
  /** The flow's function failed or was too slow; `reason` says which. */
  | { type: 'lambda-failed'; call: SimulatedCall; reason: string }
  /** The flow itself broke down: a mistake in it. */
  | { type: 'flow-failed'; call: SimulatedCall; reason: string }
