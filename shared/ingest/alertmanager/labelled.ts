import { hash } from 'node:crypto'
import type { Draft } from '../format.ts'
import { recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'

/** What annotations and labels are shown as links, or in the summary. */
const shown = new Set(['summary', 'description', 'message', 'runbook_url', 'runbook', 'dashboard_url', 'dashboard'])

/** What tells an alert of labels and annotations from all others: its sender's fingerprint, or one of its labels. */
export function fingerprintOf(alert: Record<string, unknown>): string {
  return firstText(alert.fingerprint) || hashOf(recordOf(alert.labels))
}

/** An alert of labels and annotations, as Prometheus and everything around it knows it. Who sends it adds its key and its action. */
export function labelled(alert: Record<string, unknown>, externalURL?: unknown): Omit<Draft, 'action'> {
  const labels = recordOf(alert.labels)
  const annotations = recordOf(alert.annotations)
  return {
    summary: summaryOf(labels, annotations),
    source: firstText(labels.instance, labels.job) || hostOf(externalURL),
    severity: labels.severity,
    labels,
    component: labels.service,
    class: labels.alertname,
    details: detailsIn(annotations),
    links: [
      { href: alert.generatorURL, text: 'source' },
      { href: firstText(annotations.dashboard_url, annotations.dashboard), text: 'dashboard' },
      { href: externalURL, text: 'alerts' },
    ],
    runbook: firstText(annotations.runbook_url, annotations.runbook),
  }
}

/** The annotations that stand nowhere else; undefined for none. */
function detailsIn(annotations: Record<string, unknown>): Record<string, unknown> | undefined {
  if (Object.keys(annotations).every((name) => shown.has(name))) return undefined
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => !shown.has(name)))
}

function summaryOf(labels: Record<string, unknown>, annotations: Record<string, unknown>): string {
  const told = firstText(annotations.summary, annotations.description, annotations.message)
  if (told !== '') return told
  return [labels.alertname, labels.instance].map(textOf).filter(Boolean).join(' ')
}

/** The same for the same labels, whatever their order: Alertmanager's own kind of hash is nobody's business. */
function hashOf(labels: Record<string, unknown>): string {
  let text = ''
  for (const name of Object.keys(labels).sort()) text += `${name}\u00ff${textOf(labels[name])}\u00ff`
  return hash('sha256', text).slice(0, 32)
}

/** An external URL may be a bare host name. */
function hostOf(value: unknown): string {
  const text = textOf(value)
  return URL.parse(text)?.host ?? text
}
