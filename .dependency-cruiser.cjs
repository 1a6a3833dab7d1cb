// Imports point inward: services, local, cli and tests know shared, and shared knows none of them. `npm run lint` checks it.
// swc parses TypeScript here: TypeScript 7 has no API for other tools yet.

// A room imports itself and the rooms before it, types included: nobody has to know two rooms at once to understand one.
const rooms = [
  'contracts',
  'oncall',
  'incidents',
  'phoneline',
  'evaluation',
  'store',
  'clouds',
  'checks',
  'messages',
].concat(['channels', 'ingest', 'config', 'delivery', 'engine'])

const domain = '^shared/(contracts|oncall|incidents|phoneline|evaluation|messages)/'
/** What signs a link and compares secrets, and what deflates bytes: of Node's modules they may import `crypto` and `zlib`. */
const arithmetic =
  '^shared/(incidents/(acknowledge-link|link-choice)|contracts/(same-secret|subject-token)|evaluation/columns)[.]ts$'
const typeOnly = ['type-only']

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'shared-knows-nobody',
      comment: 'The core is used by everything and imports nothing that uses it.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: '^(services|local|cli|plugins|infrastructure|test|bench|bin)/' },
    },
    {
      name: 'services-know-shared',
      comment: 'What is deployed imports the core and its own folder.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^(services|local|cli|plugins|infrastructure|test|bench|bin)/', pathNot: '^services/$1/' },
    },
    {
      name: 'services-know-no-machine',
      comment:
        'What decides is asked by a use case: a service decodes, calls one, and encodes. A phone is known by its hash.',
      severity: 'error',
      from: { path: '^services/' },
      to: { path: '^shared/(incidents|phoneline|evaluation)/', pathNot: '^shared/incidents/acknowledge-link[.]ts$' },
    },
    {
      name: 'tests-stay-outside',
      comment: 'Of the tests only the vendor simulators are used elsewhere: they are the sandboxes of one machine.',
      severity: 'error',
      from: { path: '^(local|cli|plugins|bin)/' },
      to: { path: '^(test|bench)/', pathNot: '^test/simulators/' },
    },
    {
      name: 'tests-of-the-core-call-use-cases',
      comment:
        'What a rule is tested by goes through no service: only the tests of services, and of what is deployed, know them.',
      severity: 'error',
      from: { path: '^test/', pathNot: '^test/(services|infrastructure|bench|e2e)/' },
      to: { path: '^services/' },
    },
    {
      name: 'tests-of-rooms-know-no-tests-of-services',
      severity: 'error',
      from: { path: `^test/(${rooms.join('|')}|simulation)/` },
      to: { path: '^test/services/' },
    },
    {
      name: 'simulators-judge-by-themselves',
      comment: 'A vendor simulator that used our own code would repeat our mistakes: it takes types only.',
      severity: 'error',
      from: { path: '^test/simulators/', pathNot: '[.]test[.]ts$' },
      to: { path: '^(shared|services|local|cli)/', dependencyTypesNot: typeOnly },
    },
    {
      name: 'the-domain-does-no-io',
      comment:
        'Paging decisions are functions of (state, event, now). Signing, comparing secrets and deflating are arithmetic: see below.',
      severity: 'error',
      from: { path: domain, pathNot: arithmetic },
      to: { dependencyTypes: ['core'], dependencyTypesNot: typeOnly },
    },
    {
      name: 'secrets-are-only-arithmetic',
      severity: 'error',
      from: { path: arithmetic },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|zlib)$' },
    },
    {
      name: 'the-domain-uses-no-sdk',
      comment: 'Schemas and calendars are all that the domain takes from outside.',
      severity: 'error',
      from: { path: domain },
      to: { path: 'node_modules/', pathNot: 'node_modules/(re2js|zod|temporal-polyfill|temporal-spec)/' },
    },
    ...rooms.slice(0, -1).map((room, index) => ({
      name: `rooms-in-order-${room}`,
      comment: `The rooms stand in this order: ${rooms.join(', ')}.`,
      severity: 'error',
      from: { path: `^shared/${room}/` },
      to: { path: `^shared/(${rooms.slice(index + 1).join('|')})/` },
    })),
    {
      name: 'the-mechanism-knows-no-machine',
      comment: 'The one mechanism for state carries any machine, and is the one thing that all of them trust.',
      severity: 'error',
      from: { path: '^shared/store/(apply|deliver|item|outbox|own-write|shape|table)[.]ts$' },
      to: { pathNot: '^shared/(contracts/|store/(apply|deliver|item|outbox|own-write|shape|table)[.]ts$)' },
    },
    {
      name: 'sdks-at-the-edge',
      comment: 'A vendor is reached from one folder; everything else gets what it needs handed in.',
      severity: 'error',
      from: { path: '^(shared|services)/', pathNot: '^shared/(clouds/|channels/|engine/on-aws[.]ts$)' },
      to: { path: 'node_modules/(@aws-sdk|@smithy|tencentcloud-sdk-nodejs|@alicloud|nodemailer)/' },
    },
    {
      name: 'deployed-code-needs-no-tools',
      comment: 'Development packages are not deployed.',
      severity: 'error',
      from: { path: '^(shared|services|cli)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: typeOnly },
    },
    {
      name: 'the-browser-has-no-node',
      comment: 'What browsers load is bundled for them.',
      severity: 'error',
      from: { path: '^(local/pages|services/console)/browser/' },
      to: { pathNot: ['^(local/pages|services/console)/browser/', 'node_modules/(idiomorph|uplot)/'] },
    },
    {
      name: 'no-circle',
      comment: 'Who reads one of two files that need each other, if only for their types, has to read both.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^([.][a-z]|coverage/)' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'default', 'types'] },
  },
}
