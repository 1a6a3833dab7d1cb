import { variablesOf } from '../../messages/voice-templates.ts'

// help.aliyun.com, "Voice template specifications" and "Voice template variables".

/** With its variables. */
const TEMPLATE_CHARACTERS = 1_000

const REFUSED_NAMES = ['id', 'email', 'mobile', 'nick', 'site']
const REFUSED_CHARACTERS = /[#/:\-%¥$[\]【】]|https?/gi
const ADDRESS = /\d{1,3}(\.\d{1,3}){3}/

/** Why the vendor would not approve a template; `what` is what is wrong in it. */
export interface TemplateFault {
  fault: 'length' | 'character' | 'address' | 'name' | 'twice' | 'touching' | 'only-variables'
  what: string
}

/** All that keeps a text from being approved as a template. */
export function templateFaults(text: string): TemplateFault[] {
  const names = variablesOf(text)
  const fixed = text.replace(/\$\{\w*\}/g, '')
  const faults: TemplateFault[] = []
  const note = (fault: TemplateFault['fault'], what: string) => faults.push({ fault, what })
  if (text.length === 0 || text.length > TEMPLATE_CHARACTERS) note('length', String(text.length))
  for (const [character] of fixed.matchAll(REFUSED_CHARACTERS)) note('character', character)
  if (ADDRESS.test(fixed)) note('address', ADDRESS.exec(fixed)?.[0] ?? '')
  for (const name of new Set(names)) {
    if (!/^[a-z]\w*$/i.test(name) || REFUSED_NAMES.includes(name)) note('name', name)
    if (names.filter((other) => other === name).length > 1) note('twice', name)
  }
  for (const [touching] of text.matchAll(/\$\{\w*\}[\s\p{P}]*(?=\$\{)/gu)) note('touching', touching)
  if (names.length > 0 && !/[\p{L}\p{N}]/u.test(fixed)) note('only-variables', text)
  return faults
}
