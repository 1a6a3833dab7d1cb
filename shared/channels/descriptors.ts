import type { Descriptor } from './channel.ts'
import { channels } from './registered/channels.ts'
import { voiceRoutes } from './registered/voice-routes.ts'

/** Every channel and every way to make a phone ring, by its type. */
export const descriptors: Record<string, Descriptor<unknown>> = { ...channels, ...voiceRoutes }
