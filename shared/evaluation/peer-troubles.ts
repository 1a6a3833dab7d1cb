import type { Fact } from '../contracts/fact.ts'
import { HOUR_MS, MINUTE_MS } from '../contracts/milliseconds.ts'
import type { Instant, Severity } from '../contracts/words.ts'
import type { OwnFact } from './own-fact.ts'
import type { PeerRecord, PeerTrouble } from './peer-state.ts'

interface Trouble {
  severity: Severity
  /** What stands before the region's name in the alert's dedup key. */
  key: string
  /** What is to be told of it; undefined: nothing. */
  holds(record: PeerRecord, now: Instant): Fact | undefined
  /** Whether it is over, where nothing is to be told of it. */
  isOver(record: PeerRecord, now: Instant): boolean
  end(region: string): OwnFact
}

/**
 * What may pass by itself is told once it has lasted, ms: one that is lost is told of by what it guards, or by its probes, and one that was
 * just deployed has no canary yet.
 */
const LASTS: Partial<Record<OwnFact['code'], number>> = {
  'region-never-worked': 5 * MINUTE_MS,
  'region-unread': 5 * MINUTE_MS,
  'region-unanswering': 5 * MINUTE_MS,
}

/** It is well again when it has been for so long, ms: what comes and goes is told of once. */
const HOLD_MS = 5 * MINUTE_MS

/** Regions are deployed one after the other: until then another version is on its way. */
const ROLLED_OUT_MS = HOUR_MS

/** What people are told of another region, each by an alert of its own. */
export const peerTroubles: Record<PeerTrouble, Trouble> = {
  unwell: {
    severity: 'warning',
    key: 'peer',
    holds({ is, since, fault }, now) {
      if (is !== 'faulty' || fault === undefined) return undefined
      return now - since >= (LASTS[fault.code as OwnFact['code']] ?? 0) ? fault : undefined
    },
    isOver: ({ is, wellSince }, now) => is === 'well' && wellSince !== undefined && now - wellSince >= HOLD_MS,
    end: (region) => ({ code: 'region-well', args: { region } }),
  },
  'other-version': {
    severity: 'info',
    key: 'version',
    holds: ({ otherVersion }, now) =>
      otherVersion !== undefined && now - otherVersion.since >= ROLLED_OUT_MS ? otherVersion.fact : undefined,
    isOver: ({ otherVersion }) => otherVersion === undefined,
    end: (region) => ({ code: 'region-same-version', args: { region } }),
  },
}
