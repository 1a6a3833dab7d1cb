import { type Severity, severities } from '../contracts/words.ts'
import { textOf } from './text.ts'

/** What the field calls severities, beside their own names. */
const synonyms: Partial<Record<Severity, string[]>> = {
  critical: ['page', 'p1', 'sev1', 'fatal', 'emergency', 'disaster', 'alert', 'panic', 'urgent', 'blocker', 'highest'],
  error: ['err', 'high', 'p2', 'sev2', 'major', 'severe', 'serious'],
  warning: ['warn', 'p3', 'sev3', 'average', 'medium', 'minor', 'moderate'],
  info: [
    'information',
    'informational',
    'none',
    'p4',
    'p5',
    'sev4',
    'sev5',
    'low',
    'lowest',
    'notice',
    'debug',
    'ok',
    'normal',
  ],
}

const meanings = new Map<string, Severity>([
  ...severities.flatMap((one) => (synonyms[one] ?? []).map((word) => [word, one] as const)),
  // A severity's own name is what it is, whatever else the word may mean elsewhere.
  ...severities.map((one) => [one, one] as const),
])

/** The severity that a word stands for, in any case of letters; undefined for one that nobody knows. */
export function severityOf(word: unknown): Severity | undefined {
  return meanings.get(textOf(word).trim().toLowerCase())
}
