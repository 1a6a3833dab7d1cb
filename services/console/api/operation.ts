import type * as z from 'zod/mini'
import type { Role } from '../../../shared/contracts/compiled-config.ts'

/** One thing that programs ask for: it is routed, checked and described by this alone. */
export interface Operation {
  method: 'get' | 'post' | 'patch' | 'delete'
  /** Below `/api/v1`, as OpenAPI writes it. */
  path: `/${string}`
  /** What parts of the path are, and how they look. */
  params?: Record<string, { schema: z.core.$ZodType; says: string }>
  summary: string
  description?: string
  /** What a token has to be for it in the project that it is about; `everywhere`, in all of them. */
  scope: { role: Role; where: 'project' | 'everywhere' }
  query?: z.core.$ZodType
  body?: z.core.$ZodType
  answer: z.core.$ZodType
  /** What 409 says in the form of its answer, where nothing may have to be done. */
  undone?: string
  /** Why it may be refused, beside what may happen to every request: by 404, by 409. */
  refusals?: { missing?: string; conflict?: string }
}
