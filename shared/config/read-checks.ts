import * as z from 'zod'
import type { CheckKindConfig } from '../checks/kind.ts'
import { checkKindConfigs } from '../checks/registered/configs.ts'
import { mistake } from '../contracts/mistake.ts'
import { name as checkName } from '../contracts/name.ts'
import { references } from '../contracts/references.ts'
import { didYouMean } from '../contracts/suggest.ts'
import type { ReadCheck } from './file.ts'
import { otherKinds } from './other-kinds.ts'
import { PER_VANTAGE, readPerVantage } from './per-vantage.ts'
import type { Sections } from './read-sections.ts'
import type { Reader } from './reader.ts'
import { check, probingKeys } from './schema.ts'

const kinds = checkKindConfigs.map((descriptor) => descriptor.kind)
const commonKeys = Object.keys(check.shape)

/** Reads the checks of a project. What is wrong in a check is noted and left out of it. */
export function readChecks(reader: Reader, path: string[], sections: Sections): Record<string, ReadCheck> {
  const names = reader.names(checkName, path)
  return Object.fromEntries(names.map((name) => [name, readCheck(reader, [...path, name], sections)]))
}

function readCheck(reader: Reader, path: string[], sections: Sections): ReadCheck {
  const written = reader.read(z.record(z.string(), z.unknown()), path)
  if (!written) return { kind: '', spec: undefined }
  const isCommon = ([key]: [string, unknown]) => commonKeys.includes(key)
  const entries = Object.entries(written)
  const common = reader.readKeys(check, path, { value: Object.fromEntries(entries.filter(isCommon)) })
  reader.lookUp([...path, 'from'], 'vantage', reader.keys(['vantages']))

  const others = Object.fromEntries(entries.filter((entry) => !isCommon(entry)))
  const descriptor = kindOf(reader, path, Object.keys(others))
  const { [PER_VANTAGE]: at, ...plain } = others
  const isPerVantage = descriptor?.perVantage !== undefined
  const ofKind = isPerVantage ? plain : others
  const alsoKnown = isPerVantage ? [...commonKeys, PER_VANTAGE] : commonKeys
  const read = descriptor && reader.read(descriptor.schema, path, { value: ofKind, alsoKnown })
  const isRead = descriptor !== undefined && read !== undefined
  const whole = isRead ? withCertificates(reader, path, descriptor, read) : undefined
  const spec = isRead ? linked(reader, path, descriptor, whole, sections) : undefined
  const specsAt =
    isRead && isPerVantage && at !== undefined ? readPerVantage(reader, path, descriptor, ofKind, whole) : undefined
  if (descriptor?.isPassive) refuseProbing(reader, path, written)
  const target = written[descriptor?.kind ?? '']
  const { leastTimeoutMs, leastIntervalMs } = descriptor ?? {}
  return {
    ...common,
    kind: descriptor?.kind ?? '',
    ...(descriptor?.isPassive && { isPassive: true }),
    ...(descriptor?.asksPlaces && { asksPlaces: true }),
    ...(spec !== undefined && descriptor?.findsGroups?.(spec) && { findsGroups: true }),
    spec,
    ...(specsAt && { specsAt }),
    ...(typeof target === 'string' && !descriptor?.isPassive ? { target } : {}),
    ...(leastTimeoutMs === undefined ? {} : { leastTimeoutMs }),
    ...(leastIntervalMs === undefined ? {} : { leastIntervalMs }),
  }
}

/** A spec with what is in the certificate files that it names; a reference to the environment stays. */
function withCertificates(
  reader: Reader,
  path: string[],
  { files = [] }: CheckKindConfig<unknown>,
  spec: unknown,
): unknown {
  const named = files.filter((key) => typeof reader.get([...path, key]) === 'string')
  const written = named.filter((key) => references(reader.get([...path, key])).length === 0)
  if (written.length === 0) return spec
  return {
    ...(spec as object),
    ...Object.fromEntries(written.map((key) => [key, reader.certificates([...path, key])])),
  }
}

const NOT_PROBED = {
  en: 'has no effect here: no probe runs this kind of check',
  zh: '在这里没有作用：这种检查不由探针执行',
}

/** What says how probes run a check has no effect on one that none runs. */
function refuseProbing(reader: Reader, path: string[], written: Record<string, unknown>): void {
  for (const key of Object.keys(probingKeys).filter((key) => written[key] !== undefined)) {
    reader.note([...path, key], mistake('no-effect', NOT_PROBED), 'key')
  }
}

/** A spec with what it names in a section of the file put in. */
function linked(
  reader: Reader,
  path: string[],
  { section }: CheckKindConfig<unknown>,
  spec: unknown,
  sections: Sections,
): unknown {
  if (section === undefined) return spec
  const result = section.link(spec, sections[section.key] ?? {})
  if ('spec' in result) return result.spec
  for (const problem of result.problems) reader.note([...path, ...problem.path], problem.mistake)
  return undefined
}

/** The kind of a check is one of its keys, and the key's value the target: `http: https://…`. */
function kindOf(reader: Reader, path: string[], keys: string[]): CheckKindConfig<unknown> | undefined {
  const [kind, second] = keys.filter((key) => kinds.includes(key))
  if (second === undefined && kind !== undefined) return checkKindConfigs.find((each) => each.kind === kind)
  const choice = { en: `kinds are: ${kinds.join(', ')}`, zh: `种类有：${kinds.join('、')}` }
  if (second !== undefined) {
    const words = {
      en: `a check has one kind, and this one is ${kind} already: make two checks`,
      zh: `一项检查只有一种，这一项已经是 ${kind}：分成两项`,
    }
    reader.note([...path, second], mistake('two-kinds', words), 'key')
    return undefined
  }
  const strange = keys.filter((key) => !knownKeys.includes(key))
  for (const key of strange) {
    const meant = didYouMean(key, knownKeys)
    if (meant.en && !didYouMean(key, kinds).en)
      reader.note(
        [...path, key],
        mistake('unknown-key', { en: `unknown key${meant.en}`, zh: `没有这个键${meant.zh}` }),
        'key',
      )
  }
  // The first strange key is taken for the kind: what may stand beside it depends on the kind.
  const taken = strange.find(
    (key) => otherKinds.has(key) || didYouMean(key, kinds).en || !didYouMean(key, knownKeys).en,
  )
  const known = otherKinds.get(taken ?? '')
  const guess = didYouMean(taken ?? '', kinds)
  if (taken && known !== undefined) {
    const words = { en: `no kind of check: ${known.en}`, zh: `没有这种检查：${known.zh}` }
    reader.note([...path, taken], mistake('other-kind', words), 'key')
  } else if (taken) {
    const words = {
      en: `no kind of check${guess.en}; ${choice.en}`,
      zh: `没有这种检查${guess.zh}；${choice.zh}`,
    }
    reader.note([...path, taken], mistake('no-kind', words), 'key')
  } else {
    const words = {
      en: `has nothing to check: give a kind and its target, such as \`http: https://…\`; ${choice.en}`,
      zh: `没有写检查什么：写上种类和目标，如 \`http: https://…\`；${choice.zh}`,
    }
    reader.note(path, mistake('nothing-to-check', words), 'key')
  }
  return undefined
}

/** The keys of checks of any kind. */
const knownKeys = [...commonKeys, PER_VANTAGE, ...checkKindConfigs.flatMap(({ schema }) => keysOf(schema))]

function keysOf(schema: z.ZodType): string[] {
  return Object.keys(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {})
}
