import * as z from 'zod/mini'
import { roles } from '../../../shared/contracts/compiled-config.ts'
import { personalReaches, proofs } from '../../../shared/contracts/reach.ts'
import { severity, verdictWord } from '../../../shared/contracts/words.ts'
import { checkHistory } from './schemas/history.ts'
import { senderList, trial } from './schemas/inbound.ts'
import { group, groupList } from './schemas/kafka.ts'
import { told, toldList, toldThere } from './schemas/outsiders.ts'
import { madeOverride, override, overrideList, removedOverride } from './schemas/overrides.ts'
import { bilingual, next, time } from './schemas/parts.ts'
import { postMortem, strips } from './schemas/post-mortem.ts'
import { proofs as calmProofs } from './schemas/proofs.ts'
import { report } from './schemas/report.ts'
import { removedSubscriber, subscriberList } from './schemas/subscribers.ts'
import { answeredSwap, swap, swapList } from './schemas/swaps.ts'
import { deedList, regions } from './schemas/system.ts'
import { alertFate, change, incidentWhy } from './schemas/why.ts'

const action = z.object({
  at: time,
  via: z.string(),
  by: z.optional(z.object({ contact: z.string(), name: z.string() })),
})

export const incident = z.object({
  number: z.int(),
  id: z.string(),
  project: z.string(),
  title: bilingual,
  summary: bilingual,
  severity,
  status: z.enum(['open', 'acknowledged', 'resolved']),
  openedAt: time,
  acknowledged: z.optional(action),
  resolved: z.optional(action),
  /** The number of the one that it is merged into: it pages nobody while that goes on. */
  mergedInto: z.optional(z.int()),
  /** Who has it or is being reached, and what comes next, in words. */
  standing: bilingual,
  labels: z.record(z.string(), z.string()),
  links: z.array(z.object({ href: z.string(), text: z.optional(z.string()) })),
  runbook: z.optional(z.string()),
  sightings: z.array(z.object({ vantage: z.string(), verdict: verdictWord, latencyMs: z.optional(z.number()) })),
  /** To be sent back with an action: it is then done only while the incident is as it was seen. */
  seen: z.string(),
})

const timelineEntry = z.object({ at: time, kind: z.string(), text: bilingual })

export const incidentWhole = z.extend(incident, {
  timeline: z.array(timelineEntry),
  together: z.array(z.int()),
  /** Its newest other times, the newest first. */
  past: z.array(z.int()),
  /** What was changed in its project just before it began, the newest first; absent while that cannot be read. */
  changes: z.optional(z.array(change)),
  before: z.optional(z.int()),
  after: z.optional(z.int()),
})

export const incidentList = z.object({ incidents: z.array(incident), next })

/** Of a silence that was made, moved or ended: regions that could not be told, and take it over within a minute of being reached. */
const missed = z.optional(z.array(z.string()))

export const acted = z.object({
  result: z.enum(['done', 'late', 'changed', 'over', 'unmoved', 'burning']),
  incident,
  missed,
})

export const check = z.object({
  id: z.string(),
  project: z.string(),
  kind: z.string(),
  verdict: verdictWord,
  since: z.optional(time),
  /** Of the first certificate to end, to the hour. */
  certificateEnds: z.optional(time),
  seen: z.array(z.object({ vantage: z.string(), verdict: verdictWord, at: time, latencyMs: z.number() })),
})

export const checkList = z.object({ checks: z.array(check), next })

export const silence = z.object({
  id: z.string(),
  /** It is for what fits all matchers of one of these groups. */
  matchers: z.array(z.array(z.string())),
  startsAt: time,
  endsAt: time,
  by: z.string(),
  comment: z.string(),
  link: z.optional(z.string()),
  /** It is planned work: left out of uptime, and hatched where that is drawn. */
  maintenance: z.optional(z.literal(true)),
  state: z.enum(['now', 'coming', 'over']),
  /** The incidents that it keeps quiet, by their short numbers. */
  quiet: z.array(z.int()),
  /** It fits whatever there may be. */
  everything: z.boolean(),
  missed,
})

export const silenceList = z.object({ silences: z.array(silence), next })

const maintenanceWindow = z.object({
  name: z.string(),
  matchers: z.array(z.array(z.string())),
  timezone: z.string(),
  /** Windows of the week; absent: it is once. */
  during: z.optional(z.array(z.string())),
  state: z.enum(['now', 'coming', 'over']),
  /** Of the next time; absent while it counts. */
  startsAt: z.optional(time),
  /** Of this time, or of the next. */
  endsAt: z.optional(time),
})

export const windowList = z.object({ windows: z.array(maintenanceWindow), next })

const spell = { start: time, end: time }

export const schedule = z.object({
  name: z.string(),
  project: z.string(),
  timezone: z.string(),
  /** Contacts, by the names that `projects` has of them. */
  now: z.array(z.string()),
  until: time,
  next: z.array(z.string()),
  shifts: z.array(z.object({ ...spell, contacts: z.array(z.string()) })),
  gaps: z.array(z.object(spell)),
})

export const scheduleList = z.object({ schedules: z.array(schedule), next })

export const ledger = z.object({
  people: z.array(
    z.object({
      name: z.string(),
      /** Those that they have; without `at` it never worked, as far as is known. `by`: what shows it, of a vendor's word alone `sent`. */
      channels: z.array(
        z.object({
          channel: z.enum(personalReaches),
          at: z.optional(time),
          by: z.optional(z.enum(proofs)),
        }),
      ),
    }),
  ),
})

const project = z.object({
  name: z.string(),
  title: z.string(),
  /** What this token may do in it. */
  role: z.enum(roles),
  /** Who acts in it, by the id that `as` takes. */
  contacts: z.record(z.string(), z.string()),
  schedules: z.array(z.string()),
  /** Those that its incidents may be handed over to, its own first: whom their layers page. */
  policies: z.record(z.string(), z.array(z.array(z.string()))),
})

export const projectList = z.object({ projects: z.array(project), next })

export const queueList = z.object({ queues: z.array(z.object({ name: z.string(), messages: z.int() })) })

export const letterList = z.object({
  letters: z.array(z.object({ id: z.string(), sentAt: time, reason: z.optional(z.string()), redrives: z.int() })),
  /** Whether these are all that could be taken now. */
  all: z.boolean(),
})

export const sentBack = z.object({ sent: z.int() })

export const endedSessions = z.object({ who: z.string() })

/** What every refusal says: a code for programs, and for people what is wrong and what to do. */
export const failure = z.object({ error: z.object({ code: z.string(), message: bilingual }) })

/** By the name that it has in the description. */
export const components = {
  Incident: incident,
  TimelineEntry: timelineEntry,
  IncidentWhole: incidentWhole,
  IncidentList: incidentList,
  Acted: acted,
  Told: told,
  ToldList: toldList,
  ToldThere: toldThere,
  SubscriberList: subscriberList,
  RemovedSubscriber: removedSubscriber,
  Strips: strips,
  PostMortem: postMortem,
  IncidentWhy: incidentWhy,
  AlertFate: alertFate,
  Check: check,
  CheckList: checkList,
  CheckHistory: checkHistory,
  Proofs: calmProofs,
  Silence: silence,
  SilenceList: silenceList,
  MaintenanceWindow: maintenanceWindow,
  WindowList: windowList,
  Report: report,
  Schedule: schedule,
  ScheduleList: scheduleList,
  Ledger: ledger,
  Override: override,
  OverrideList: overrideList,
  MadeOverride: madeOverride,
  RemovedOverride: removedOverride,
  Swap: swap,
  SwapList: swapList,
  AnsweredSwap: answeredSwap,
  SenderList: senderList,
  Trial: trial,
  GroupList: groupList,
  Group: group,
  Regions: regions,
  DeedList: deedList,
  Project: project,
  ProjectList: projectList,
  QueueList: queueList,
  LetterList: letterList,
  SentBack: sentBack,
  EndedSessions: endedSessions,
  Failure: failure,
}
