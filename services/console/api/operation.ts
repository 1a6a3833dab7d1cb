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
  /** By which other statuses it gives what it answers, and what each says. */
  also?: Partial<Record<409, string>>
  /** Why it may be refused, beside what may happen to every request. */
  refusals?: Partial<Record<403 | 404 | 409, string>>
}
