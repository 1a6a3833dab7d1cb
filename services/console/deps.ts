import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { QueueDesk } from '../../shared/contracts/queue-desk.ts'
import type { PersonName } from '../../shared/engine/console/action.ts'
import type { EngineIo } from '../../shared/engine/io.ts'
import type { RegionPeople } from '../../shared/engine/overrides/everywhere.ts'
import type { Feed } from '../../shared/oncall/feed-address.ts'
import type { Directory } from '../../shared/oncall/plan.ts'
import type { Access, Admitted } from './access/admission.ts'
import type { Assets } from './assets.ts'
import type { NavItem, View } from './view.ts'

/** What the console works with. */
export interface ConsoleDeps {
  config: Pick<
    CompiledConfig,
    | 'language'
    | 'timezone'
    | 'vantages'
    | 'checks'
    | 'projects'
    | 'policies'
    | 'channels'
    | 'maintenance'
    | 'inhibit'
    | 'status'
  >
  assets: Assets
  /** Who gets in. */
  access: Access
  /** The contact who has this e-mail address, in small letters, or is known so to a chat (`wecom:LinYue`). Absent where nobody signs in. */
  contactOf?(email: string | undefined, keys: string[]): Promise<{ id: string; name: string } | undefined>
  /** To vendors by which people sign in, at other addresses than their own where variables move these; and tests to the way in. */
  fetch(url: string, init: RequestInit): Promise<Response>
  env?: Record<string, string | undefined>
  /** Signs its forms. */
  secret: string
  directory(project: string): Promise<Directory>
  /** The people of each region, for whoever changes who is on call. */
  regions(): Promise<(RegionPeople & { region: string })[]>
  /** Where a calendar is subscribed to: whoever has the address reads it. Absent: nobody knows where calendars are. */
  calendar?(feed: Feed): string
  /** Where alerts of other systems come in: without a slash at its end, and a key of each project where this machine has them. */
  inbound: { url: string; keyOf?(project: string): string | undefined }
  /** What one request works with. */
  io(): EngineIo
  /** How many messages each queue holds, by its name. */
  queues(): Promise<Record<string, number>>
  /** The queues and their dead letters, for whoever looks at those. */
  queueDesk(): Promise<QueueDesk>
  /** Where our own page is, for whoever asked by this host: `https://status.example.com`. Throws where nobody knows. */
  originFor(host: string): string
  /** Cookies go over TLS alone, and are this host's alone. */
  isSecure: boolean
  nav: NavItem[]
}

/** What the audit is to say was done, in whose name, and what it changed, a line each: by whichever room did it. */
interface Noted {
  action?: string
  by?: PersonName
  changes?: string[]
}

/** What a request knows once it has been looked at. */
export interface Env {
  /** `source`: the address that the request is from. */
  Bindings: { source?: string }
  Variables: { view: View; session: string; admitted: Admitted; noted: Noted }
}
