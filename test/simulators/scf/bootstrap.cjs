// Node.js functions of SCF: cloud.tencent.com/document/product/583/11060.
const { serve } = require('../functions/serve.cjs')

serve({
  input: (event, context) => [
    JSON.parse(event.toString()),
    { ...context, callbackWaitsForEmptyEventLoop: true, getRemainingTimeInMillis: () => context.time_limit_in_ms },
  ],
  output: (value) => JSON.stringify(value ?? null),
})
