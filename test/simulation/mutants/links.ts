import { editsOf, type Mutant } from './mutant.ts'

const link = 'shared/incidents/acknowledge-link.ts'
const take = 'shared/engine/answers/take-link.ts'

/** Who may acknowledge by a link. */
export const links: Mutant[] = [
  {
    name: 'k24',
    what: 'the signature of a link is not checked',
    edits: editsOf(link, ["  if (!isSameSecret(given, signature(payload, secret))) return 'invalid'\n", '']),
  },
  {
    name: 'k25',
    what: 'a link never expires',
    edits: editsOf(link, ["  if (expiresAt <= now) return 'expired'\n", '']),
  },
  {
    name: 'k26',
    what: 'one person’s link lets anybody acknowledge',
    edits: editsOf(take, ['    .filter(({ contact }) => isGroups || contact === link.contact)\n', '']),
  },
  {
    name: 'k27',
    what: 'looking at a link acknowledges',
    edits: editsOf(
      take,
      ["  if (press === undefined) return { result: 'asked', ...asked }\n", ''],
      ['contact === press.contact', 'press === undefined || contact === press.contact'],
      ['press.begins?.(', 'press?.begins?.('],
      ['press.button === undefined || press.isByPage', 'press?.button === undefined || press?.isByPage'],
      ['press.button === undefined', 'press?.button === undefined'],
    ),
  },
]
