/** Something that varies, as one folder and its lines in registries. */
export interface Part {
  /** What is written: a template below `scaffold/templates`, and where it goes. */
  files: { template: string; to: (name: string) => string }[]
  registries: Registry[]
  /** What the author does then. */
  next: string
}

/** A file with a list of all of a kind. `line` goes after the last line of the list that begins after `opens`. */
export interface Registry {
  file: string
  /** Absent: the line imports it. */
  imports?: (names: Names) => string
  opens: string
  line: (names: Names) => string
}

/** A name as it is written in configurations, in code, and for types: `redis-ping`, `redisPing`, `RedisPing`. */
export interface Names {
  name: string
  camel: string
  pascal: string
}

const checks = 'shared/checks'

export const parts = {
  channel: {
    files: [
      { template: 'channel/channel.txt', to: (name) => `shared/channels/${name}/${name}.ts` },
      { template: 'channel/simulator.txt', to: (name) => `test/simulators/${name}.ts` },
      { template: 'channel/test.txt', to: (name) => `test/channels/${name}.test.ts` },
    ],
    registries: [
      {
        file: 'shared/channels/registry.ts',
        imports: ({ name, camel }) => `import { ${camel} } from './${name}/${name}.ts'`,
        opens: 'export const channels: Record<string, Channel<unknown>> = {',
        line: ({ name, camel }) => (name === camel ? `  ${name},` : `  '${name}': ${camel},`),
      },
      {
        file: 'shared/channels/registry.senders.ts',
        opens: 'const senders: Record<string, () => Promise<Sender>> = {',
        line: ({ name, camel }) => `  '${name}': async () => (await import('./${name}/${name}.ts')).${camel},`,
      },
    ],
    next: 'fill the three files, say in docs/guides/channels.md how it is set up, then `node cli/schema.ts` and `npm test`.',
  },
  check: {
    files: [
      { template: 'check/config.txt', to: (name) => `${checks}/${name}/config.ts` },
      { template: 'check/run.txt', to: (name) => `${checks}/${name}/run.ts` },
      { template: 'check/faults.txt', to: (name) => `${checks}/${name}/faults.ts` },
      { template: 'check/test.txt', to: (name) => `test/checks/${name}/run.test.ts` },
      { template: 'check/fault-samples.txt', to: (name) => `test/checks/${name}/fault-samples.ts` },
    ],
    registries: [
      {
        file: `${checks}/registry.config.ts`,
        imports: ({ name, camel }) => `import { ${camel}Config } from './${name}/config.ts'`,
        opens: 'export const checkKindConfigs: CheckKindConfig<unknown>[] = [',
        line: ({ camel }) => `  ${camel}Config,`,
      },
      {
        file: `${checks}/registry.run.ts`,
        imports: ({ name, camel }) => `import { ${camel} } from './${name}/run.ts'`,
        opens: 'export const checkKinds: Record<string, CheckKind<unknown>> = {',
        line: ({ name, camel }) => (name === camel ? `  ${name},` : `  '${name}': ${camel},`),
      },
      {
        file: `${checks}/registry.faults.ts`,
        imports: ({ name, camel }) => `import { ${camel}Wording } from './${name}/faults.ts'`,
        opens: 'export const checkWords = {',
        line: ({ name, camel }) => (name === camel ? `  ${name}: ${camel}Wording,` : `  '${name}': ${camel}Wording,`),
      },
    ],
    next: 'fill the five files, then `node cli/schema.ts` and `npm test`.',
  },
  inbound: {
    files: [
      { template: 'inbound/format.txt', to: (name) => `shared/ingest/${name}/format.ts` },
      { template: 'inbound/test.txt', to: (name) => `test/ingest/${name}.test.ts` },
      { template: 'inbound/sample.txt', to: (name) => `test/samples/inbound/${name}.json` },
    ],
    registries: [
      {
        file: 'shared/ingest/registry.ts',
        imports: ({ name, camel }) => `import { ${camel} } from './${name}/format.ts'`,
        opens: 'export const formats: readonly Format[] = [',
        line: ({ camel }) => `  ${camel},`,
      },
    ],
    next: 'fill the format, put what the sender really sends into the sample, then `node cli/schema.ts` and `npm test`.',
  },
} satisfies Record<string, Part>

export function isPart(word: string): word is keyof typeof parts {
  return Object.hasOwn(parts, word)
}
