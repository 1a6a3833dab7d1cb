// What Function Compute gives a Node function: the event's bytes, and a context with a logger ("Node.js request handlers").
const { serve } = require('../functions/serve.cjs')

const LEVELS = ['debug', 'info', 'warn', 'error', 'log']

serve({
  input(event, context) {
    const { requestId } = context
    const write =
      (level) =>
      (...parts) =>
        console.log(`${new Date().toISOString()} ${requestId} [${level === 'log' ? 'verbose' : level}]`, ...parts)
    const logger = Object.fromEntries(LEVELS.map((level) => [level, write(level)]))
    const tracing = { spanContext: '', jaegerEndpoint: '', spanBaggages: {}, parseOpenTracingBaggages: () => ({}) }
    return [event, { ...context, logger, tracing }]
  },
  output(value) {
    if (Buffer.isBuffer(value)) return value
    return typeof value === 'object' ? JSON.stringify(value) : String(value)
  },
})
