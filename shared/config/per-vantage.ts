import * as z from 'zod'
import type { CheckKindConfig } from '../checks/kind.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { mistake } from '../contracts/mistake.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { notNamed } from './not-named.ts'
import type { Reader } from './reader.ts'

/** The key of a check under which its limits at some vantages stand: `at: { gz: { degraded: 2s } }`. */
export const PER_VANTAGE = 'at'

/**
 * The specs of a check at vantages, by their short names: its own keys, and in place of some of them those that stand in `at`.
 * `usual` is the spec elsewhere, which holds what files were named for. What is wrong is noted where it stands.
 */
export function readPerVantage(
  reader: Reader,
  path: string[],
  { schema, perVantage = [], files = [] }: CheckKindConfig<unknown>,
  ofKind: Record<string, unknown>,
  usual: unknown,
): Record<string, unknown> {
  const packed = Object.fromEntries(Object.entries(Object(usual)).filter(([key]) => files.includes(key)))
  const at = [...path, PER_VANTAGE]
  const known = reader.keys(['vantages'])
  const limitKeys = z.strictObject(Object.fromEntries(perVantage.map((key) => [key, z.unknown().optional()])))
  const specs: Record<string, unknown> = {}
  for (const short of reader.names(z.string(), at)) {
    if (!known.includes(short)) {
      reader.note([...at, short], notNamed('vantage', short, known), 'key')
      continue
    }
    const limits = reader.read(limitKeys, [...at, short])
    if (limits && Object.keys(limits).length === 0)
      reader.note(
        [...at, short],
        mistake('empty', {
          en: `is empty: give ${perVantage.join(' or ')}`,
          zh: `是空的：写 ${perVantage.join(' 或 ')}`,
        }),
      )
    const spec = limits && reader.read(schema, [...at, short], { value: { ...ofKind, ...limits } })
    if (spec !== undefined) specs[short] = { ...(spec as object), ...packed }
  }
  return specs
}

/** Notes limits for vantages from which a check does not run. */
export function checkPerVantage(reader: Reader, { checks, vantages }: CompiledConfig): void {
  for (const { project, name, from, specsAt = {} } of checks) {
    const at = ['projects', project, 'checks', name, PER_VANTAGE]
    for (const short of reader.keys(at)) {
      const place = ownProperty(vantages, short) ?? ''
      if (Object.hasOwn(specsAt, place) && !from.includes(place))
        reader.note(
          [...at, short],
          mistake('no-effect', {
            en: `has no effect: this check does not run from ${short}`,
            zh: `没有作用：这项检查不从 ${short} 执行`,
          }),
          'key',
        )
    }
  }
}
