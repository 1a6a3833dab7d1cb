import { reaches } from '../shared/contracts/reach.ts'

/** Something that varies, as one folder and its line in a registry. */
export interface Part {
  /** The folder in which each has its own. */
  folder: string
  /** Names that mean something else where the configuration has them. */
  taken?: readonly string[]
  /** What is written: a template below `scaffold/templates`, and where it goes. */
  files: { template: string; to: (name: string) => string }[]
  registry: RegistryList
  /** What the author does then. */
  next: string
}

/** A list of names in a file, from the line `opens` on. */
export interface RegistryList {
  file: string
  opens: string
  /** The name that stays the last; absent: the new one is. */
  last?: string
}

const checks = 'shared/checks'

export const parts = {
  channel: {
    folder: 'shared/channels',
    taken: reaches,
    files: [
      { template: 'channel/channel.txt', to: (name) => `shared/channels/${name}/${name}.ts` },
      { template: 'channel/simulator.txt', to: (name) => `test/simulators/${name}.ts` },
      { template: 'channel/test.txt', to: (name) => `test/channels/${name}.test.ts` },
    ],
    registry: { file: 'shared/channels/registry.ts', opens: 'export const channels = [' },
    next: 'fill the three files, say in docs/guides/channels.md how it is set up, then `npx node cli/schema.ts` and `npm test`.',
  },
  check: {
    folder: checks,
    files: [
      { template: 'check/config.txt', to: (name) => `${checks}/${name}/config.ts` },
      { template: 'check/run.txt', to: (name) => `${checks}/${name}/run.ts` },
      { template: 'check/faults.txt', to: (name) => `${checks}/${name}/faults.ts` },
      { template: 'check/test.txt', to: (name) => `test/checks/${name}/run.test.ts` },
      { template: 'check/fault-samples.txt', to: (name) => `test/checks/${name}/fault-samples.ts` },
    ],
    registry: { file: `${checks}/registry.ts`, opens: 'export const checks = [' },
    next: 'fill the five files, then `npx node cli/schema.ts` and `npm test`.',
  },
  inbound: {
    folder: 'shared/ingest',
    files: [
      { template: 'inbound/format.txt', to: (name) => `shared/ingest/${name}/format.ts` },
      { template: 'inbound/guide.txt', to: (name) => `shared/ingest/${name}/guide.ts` },
      { template: 'inbound/test.txt', to: (name) => `test/ingest/${name}.test.ts` },
      { template: 'inbound/sample.txt', to: (name) => `test/samples/inbound/${name}.json` },
    ],
    // `generic` knows whatever has a form at all.
    registry: { file: 'shared/ingest/registry.ts', opens: 'export const formats = [', last: 'generic' },
    next: 'fill the format and its guide, put what the sender really sends into the sample, then `npx node cli/schema.ts` and `npm test`.',
  },
} satisfies Record<string, Part>

export function isPart(word: string): word is keyof typeof parts {
  return Object.hasOwn(parts, word)
}
