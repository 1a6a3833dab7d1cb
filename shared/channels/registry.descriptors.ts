import type { Descriptor } from './channel.ts'
import { channels, voiceRoutes } from './registry.ts'

/** Every channel and every way to make a phone ring. Apart from their registry, which whoever rings phones loads without the channels. */
export const descriptors: Record<string, Descriptor<unknown>> = { ...channels, ...voiceRoutes }
