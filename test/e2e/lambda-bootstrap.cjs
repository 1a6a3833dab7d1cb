// What Lambda gives a Node function: the event's JSON, and a context with functions of its own.
const { serve } = require('../simulators/functions/serve.cjs')

serve({
  input(event, { timeoutMs, ...context }) {
    const end = Date.now() + timeoutMs
    return [JSON.parse(event.toString()), { ...context, getRemainingTimeInMillis: () => end - Date.now() }]
  },
  output: (value) => JSON.stringify(value ?? null),
})
