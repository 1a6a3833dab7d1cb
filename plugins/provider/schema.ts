import { scheduleSchema } from './schedule.ts'

const text = { type: 'string' }
const environment = {
  type: 'object',
  additionalProperties: { anyOf: [text, { type: 'number' }, { type: 'boolean' }, { type: 'null' }] },
}
const tags = { type: 'object', additionalProperties: text }
/** What serverless-esbuild bundles for; each cloud has its own name for it. */
const runtime = { type: 'string', pattern: '^nodejs\\d+\\.x$' }

/** What a function may have of its own, or of `provider:`. */
const inherited = {
  runtime,
  memorySize: { type: 'integer', minimum: 1 },
  timeout: { type: 'integer', minimum: 1 },
  environment,
  role: text,
  tags,
}

/** `provider:` as both clouds have it. */
const provider = { stage: text, region: text, ...inherited }

/** A function as both clouds have it. */
const fn = {
  handler: text,
  description: text,
  ...inherited,
  reservedConcurrency: { type: 'integer', minimum: 0 },
  maximumRetryAttempts: { type: 'integer', minimum: 0 },
  maximumEventAge: { type: 'integer', minimum: 1 },
  package: {
    type: 'object',
    properties: {
      artifact: text,
      individually: { type: 'boolean' },
      patterns: { type: 'array', items: text },
    },
    additionalProperties: false,
  },
}

/** The schema that the framework checks a configuration against; `cloud` is what a cloud adds. */
export function configurationSchema(cloud: { provider: Record<string, unknown>; function: Record<string, unknown> }) {
  return {
    provider: { properties: { ...provider, ...cloud.provider }, required: ['runtime'] },
    function: { properties: { ...fn, ...cloud.function }, required: ['handler'] },
    functionEvents: { schedule: scheduleSchema },
  }
}
