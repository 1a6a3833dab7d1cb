import type { CallReader } from '../voice/call-reader.ts'
import { readConnectEvent } from './events.ts'
import { readFlowEvent } from './flow-event.ts'
import { connectKeys } from './keys.ts'

/** How calls by Amazon Connect are read: its contact events, and what the contact flow asks. */
export const connectCalls: CallReader = { keys: connectKeys, events: readConnectEvent, input: readFlowEvent }
