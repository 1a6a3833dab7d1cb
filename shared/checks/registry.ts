// One line for each folder. What is registered of it is made by `npx node cli/schema.ts`, one table for each bundle's needs.

/** The kinds of checks, in the order of documents. */
export const checks = [
  'http',
  'tcp',
  'tls',
  'dns',
  'domain',
  'websocket',
  'grpc',
  'heartbeat',
  'kafka-lag',
  'lex',
  'vantage-points',
  'account',
]
