import * as z from 'zod'

/** Whether what was seen during maintenance is part of the uptime that consoles and status pages show. */
export const maintenanceCounts = z.boolean().exactOptional().meta({
  description:
    'With true uptime counts what was seen during maintenance as well, on the console, in its API and on status pages; verdicts are kept in any case.',
  zh: 'true 则控制台、API 和状态页的可用率也计入维护期间所见；无论如何，判定都会保留。',
  default: false,
})
