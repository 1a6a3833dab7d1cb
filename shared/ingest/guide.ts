import type * as z from 'zod'
import type { Mistake } from '../contracts/mistake.ts'
import type { Instant, Language } from '../contracts/words.ts'
import type { Format } from './format.ts'

/**
 * A body to try a format with, as `fenghuo inbound test` sends it: `{test}` stands for what it says, in the project's language, `{key}` for
 * the key, `{now}` for the time.
 */
export interface Example {
  /** What it is about. */
  body: unknown
  /** The same, over. */
  resolved: unknown
}

/**
 * What people are told of a format, and what its configuration may say: documents, `fenghuo inbound` and the configuration's schema come
 * from this. The function that takes requests carries none of it, so that it starts sooner.
 */
export interface Guide {
  format: Format
  title: Record<Language, string>
  /** What the configuration may say under `inbound.<format>` of a project. */
  options?: { schema: z.ZodType; summary: Record<Language, string> }
  /** What of `options` works and is hardly meant, with its place in them. */
  cautions?(options: unknown): [path: string[], mistake: Mistake][]
  /** Names of files below test/samples/inbound. */
  samples: string[]
  /** How to set up the sender, to be copied; `{url}` and `{key}` stand for this deployment's. */
  setup: Record<Language, string>
  /** The headers by which a test is genuine where the `options` of a project ask for a signature. */
  sign?(body: string, options: unknown, now: Instant): Record<string, string>
  /** Absent: nothing ends what it begins, and a test would page. */
  example: Example | undefined
}
