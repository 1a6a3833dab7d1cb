import { calls } from './calls.ts'
import { mail, phone, robots, sms } from './channels.ts'
import { clocks } from './clocks.ts'
import { copies } from './copies.ts'
import { credentials } from './credentials.ts'
import type { Area } from './finding.ts'
import { functionsArea } from './functions.ts'
import { lastResort } from './last-resort.ts'
import { people } from './people.ts'
import { probes } from './probes.ts'
import { queues } from './queues.ts'
import { regions } from './regions.ts'

/** All that a doctor looks at. */
export const areas: Area[] = [
  credentials,
  clocks,
  functionsArea,
  queues,
  regions,
  probes,
  people,
  phone,
  calls,
  sms,
  robots,
  mail,
  lastResort,
  copies,
]
