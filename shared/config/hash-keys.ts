import { BilingualError } from '../contracts/bilingual-error.ts'
import type { CompiledConfig, CompiledKey } from '../contracts/compiled-config.ts'
import { references, resolveReferences } from '../contracts/references.ts'
import type { Bilingual } from '../contracts/words.ts'
import { hashOfKey } from '../ingest/keys.ts'

/** A key that nobody tries out. PagerDuty's senders check that theirs has 32. */
const LEAST_CHARACTERS = 20

/**
 * The configuration with the digest of every key that `env` has, in place of the reference: a package holds no key, and no function
 * has it in its environment. A reference that `env` lacks stays, and so does one to a key that is too short, after `refuse` has been
 * told of it: by default that throws a BilingualError.
 */
export function withHashedKeys(
  config: CompiledConfig,
  env: Record<string, string | undefined>,
  refuse = throwAll,
): CompiledConfig {
  const projects = Object.entries(config.projects).map(([name, project]) => {
    const { keys } = project
    return [name, keys === undefined ? project : { ...project, keys: keys.map((key) => hashed(key, env, refuse)) }]
  })
  return { ...config, projects: Object.fromEntries(projects) }
}

function hashed(
  key: CompiledKey,
  env: Record<string, string | undefined>,
  refuse: (mistake: Bilingual) => void,
): CompiledKey {
  const names = references(key.key)
  const { value, missing } = resolveReferences(key.key, env)
  if (names.length === 0 || missing.length > 0) return key
  if (value.length >= LEAST_CHARACTERS) return { ...key, key: hashOfKey(value) }
  refuse({
    en: `${names.join()} is too short for a key: at least ${LEAST_CHARACTERS} characters, such as \`openssl rand -hex 16\` makes`,
    zh: `${names.join()} 作为密钥太短：至少 ${LEAST_CHARACTERS} 个字符，例如用 \`openssl rand -hex 16\` 生成`,
  })
  return key
}

function throwAll(mistake: Bilingual): void {
  throw new BilingualError(mistake)
}
