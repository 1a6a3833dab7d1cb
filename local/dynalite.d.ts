declare module 'dynalite' {
  import type { Server } from 'node:http'
  /** `path`: the folder that keeps the data; absent: in memory. `createTableMs`: how long a table stays in CREATING. */
  export default function dynalite(options: { path?: string; createTableMs?: number; updateTableMs?: number }): Server
}
