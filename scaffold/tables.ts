import type { Names } from './names.ts'

/** What is registered, by name: each is a folder of its room. */
export type Registry = 'channels' | 'voiceRoutes' | 'checks' | 'formats'

/** The room of each registry, which stands in its `registry.ts`. */
export const rooms: Record<Registry, string> = {
  channels: 'shared/channels',
  voiceRoutes: 'shared/channels',
  checks: 'shared/checks',
  formats: 'shared/ingest',
}

/** A file of a folder that a table is made of. */
export interface Source {
  file: (names: Names) => string
  exports: (names: Names) => string
  /** Absent: it is imported where the table is. Otherwise when it is asked for, which makes it a bundle of its own. */
  isLate?: true
}

/** What all folders of a registry have of one sort, in the order of the registry, as a file of its own: a bundle carries what it needs. */
export interface Table {
  /** Of one room. */
  of: [Registry, ...Registry[]]
  /** Below the folder `registered` of that room. */
  file: string
  /** What an entry is. */
  says: string
  constant: string
  /** The type of an entry, and the file of the room that has it. */
  type: string
  typeFile: string
  /** `list`: in order, without names. `late`: by name, as functions that load. `exact`: by name, each with its own type. */
  form: 'list' | 'by-name' | 'late' | 'exact'
  /** The first that a folder has. */
  sources: Source[]
  /** A folder that has none of them is not in the table; absent: each has to have one. */
  isOptional?: true
}

const ofItsName: Source = { file: ({ name }) => `${name}.ts`, exports: ({ camel }) => camel }
const fixed = (file: string, exports: (names: Names) => string): Source => ({ file: () => file, exports })

export const tables: Table[] = [
  {
    of: ['channels'],
    file: 'channels.ts',
    says: 'Every channel that sends text. Whoever sends passes settings that the channel’s own schema has read.',
    constant: 'channels',
    type: 'Channel<unknown>',
    typeFile: 'channel.ts',
    form: 'by-name',
    sources: [ofItsName],
  },
  {
    of: ['channels'],
    file: 'senders.ts',
    says: 'What sends for each channel. One with a file of its own for that is loaded when a configuration has such a channel.',
    constant: 'senders',
    type: 'Sender',
    typeFile: 'channel.ts',
    form: 'late',
    sources: [
      { file: ({ name }) => `${name}.sender.ts`, exports: ({ camel }) => `${camel}Sender`, isLate: true },
      ofItsName,
    ],
  },
  {
    of: ['channels'],
    file: 'callbacks.ts',
    says: 'How presses on buttons are read, of the channels whose cards have some: the function that hears of them sends nothing.',
    constant: 'callbacks',
    type: 'Callbacks',
    typeFile: 'callback.ts',
    form: 'by-name',
    sources: [fixed('callbacks.ts', ({ camel }) => `${camel}Callbacks`)],
    isOptional: true,
  },
  {
    of: ['channels'],
    file: 'text-receipts.ts',
    says: 'How what vendors tell of their texts is read: the function that hears of it sends nothing.',
    constant: 'textReceipts',
    type: 'TextReceiptReader',
    typeFile: 'receipts/text-receipts.ts',
    form: 'by-name',
    sources: [fixed('receipts.ts', ({ camel }) => `${camel}Receipts`)],
    isOptional: true,
  },
  {
    of: ['channels'],
    file: 'last-resorts.ts',
    says: 'What works with nothing but environment variables, in the order in which it is told: probes carry it.',
    constant: 'lastResorts',
    type: 'LastResort<unknown>',
    typeFile: 'last-resorts/last-resort.ts',
    form: 'list',
    sources: [fixed('last-resort.ts', ({ camel }) => `${camel}LastResort`)],
    isOptional: true,
  },
  {
    of: ['channels', 'voiceRoutes'],
    file: 'provisions.ts',
    says: 'What of ours vendors have before anything goes through them, of those that need something.',
    constant: 'provisions',
    type: 'Provision',
    typeFile: 'provision.ts',
    form: 'by-name',
    sources: [fixed('provision.ts', ({ camel }) => `${camel}Provision`)],
    isOptional: true,
  },
  {
    of: ['voiceRoutes'],
    file: 'voice-routes.ts',
    says: 'Every way to make a phone ring.',
    constant: 'voiceRoutes',
    type: 'VoiceRoute<unknown>',
    typeFile: 'channel.ts',
    form: 'by-name',
    sources: [ofItsName],
  },
  {
    of: ['voiceRoutes'],
    file: 'callers.ts',
    says: 'What calls by each route. One with a file of its own for that is loaded when a configuration has such a route.',
    constant: 'callers',
    type: 'Caller',
    typeFile: 'channel.ts',
    form: 'late',
    sources: [
      { file: ({ name }) => `${name}.caller.ts`, exports: ({ camel }) => `${camel}Caller`, isLate: true },
      ofItsName,
    ],
  },
  {
    of: ['voiceRoutes'],
    file: 'call-readers.ts',
    says: 'How the calls of each route are read: what takes them answers people on the phone, and starts without the SDKs of those who send.',
    constant: 'callReaders',
    type: 'CallReader',
    typeFile: 'voice/call-reader.ts',
    form: 'by-name',
    sources: [fixed('calls.ts', ({ camel }) => `${camel}Calls`)],
  },
  {
    of: ['checks'],
    file: 'configs.ts',
    says: 'What describes each kind of check, for configuration and documentation.',
    constant: 'checkKindConfigs',
    type: 'CheckKindConfig<unknown>',
    typeFile: 'kind.ts',
    form: 'list',
    sources: [fixed('config.ts', ({ camel }) => `${camel}Config`)],
  },
  {
    of: ['checks'],
    file: 'runs.ts',
    says: 'What runs each kind of check that probes run: they carry it.',
    constant: 'checkKinds',
    type: 'CheckKind<unknown>',
    typeFile: 'kind.ts',
    form: 'by-name',
    sources: [fixed('run.ts', ({ camel }) => camel)],
    isOptional: true,
  },
  {
    of: ['checks'],
    file: 'wordings.ts',
    says: 'The words for the faults of each kind of check.',
    constant: 'checkWords',
    type: 'WordsByCode',
    typeFile: 'kind.ts',
    form: 'exact',
    sources: [fixed('faults.ts', ({ camel }) => `${camel}Wording`)],
  },
  {
    of: ['checks'],
    file: 'sample-evaluators.ts',
    says: 'What judges over time, of the kinds whose observations bring samples.',
    constant: 'sampleEvaluators',
    type: 'SampleEvaluator',
    typeFile: 'kind.ts',
    form: 'by-name',
    sources: [fixed('evaluate.ts', ({ camel }) => `${camel}Evaluator`)],
    isOptional: true,
  },
  {
    of: ['checks'],
    file: 'passive-evaluators.ts',
    says: 'What judges checks that no probe runs, of the passive kinds.',
    constant: 'passiveEvaluators',
    type: 'PassiveEvaluator',
    typeFile: 'kind.ts',
    form: 'by-name',
    sources: [fixed('passive.ts', ({ camel }) => `${camel}Evaluator`)],
    isOptional: true,
  },
  {
    of: ['checks'],
    file: 'place-namings.ts',
    says: 'The names of places, of the kinds that have some of their own.',
    constant: 'placeNamings',
    type: 'PlaceNaming',
    typeFile: 'kind.ts',
    form: 'list',
    sources: [fixed('places.ts', ({ camel }) => `${camel}Places`)],
    isOptional: true,
  },
  {
    of: ['formats'],
    file: 'formats.ts',
    says: 'Every format of alerts. The first whose `matches` says yes stands for a body of unknown origin.',
    constant: 'formats',
    type: 'Format',
    typeFile: 'format.ts',
    form: 'list',
    sources: [fixed('format.ts', ({ camel }) => camel)],
  },
  {
    of: ['formats'],
    file: 'guides.ts',
    says: 'What people are told of each format, and what its configuration may say.',
    constant: 'guides',
    type: 'Guide',
    typeFile: 'guide.ts',
    form: 'list',
    sources: [fixed('guide.ts', ({ camel }) => `${camel}Guide`)],
  },
]
