/** What is so of every notice of a kind. Its words are each renderer's: their Records are complete by the compiler. */
interface NoticeKindRow {
  /** How its reader has to take the incident: to be taken, somebody's, over, or news that nothing follows from. */
  leaves: 'open' | 'taken' | 'over' | 'news'
  /** The approved text that tells it; absent: no text message does. */
  text?: 'page' | 'resolved' | 'exhausted'
  /** A group's whole membership is to hear it. */
  callsEverybody?: true
  /** Whoever was told by it knows of the trouble, and is told of its end. */
  tellsTrouble?: true
  /** It says who is being called. */
  namesCalled?: true
  /** It pages, or tells of a page: what is muted is said beside it. */
  tellsPage?: true
  /** Its head does not say what the incident is about. */
  isNameless?: true
}

/** The state changes that people are told about, and what is so of each. */
export const noticeKinds = {
  opened: { leaves: 'open', text: 'page', tellsTrouble: true, namesCalled: true, tellsPage: true },
  /** The personal message to who is being called. */
  page: { leaves: 'open', text: 'page', tellsTrouble: true, namesCalled: true, tellsPage: true },
  escalated: { leaves: 'open', text: 'page', tellsTrouble: true, namesCalled: true, tellsPage: true },
  acknowledged: { leaves: 'taken', isNameless: true },
  /** Somebody has taken it, and others have to, too. */
  partly: { leaves: 'open', isNameless: true },
  passed: { leaves: 'open', tellsTrouble: true, namesCalled: true, tellsPage: true, isNameless: true },
  flapping: { leaves: 'open', text: 'page' },
  /** What only the chat was told of goes on. */
  reminder: { leaves: 'open', text: 'page', tellsPage: true },
  /** Whoever saw it cannot look any more. */
  fewer: { leaves: 'open', text: 'page' },
  /** More alerts have joined its group. */
  grown: { leaves: 'open', text: 'page' },
  /** Its sender does not repeat its alert any more. */
  'sender-silent': { leaves: 'open', text: 'page' },
  /** Who is said to be called cannot be called yet. */
  unplaced: { leaves: 'open', text: 'page', isNameless: true },
  /** Nobody is paged for it until a time. */
  paused: { leaves: 'open', text: 'page' },
  /** That time is near, and it still burns. */
  'pause-ends': { leaves: 'open', text: 'page', tellsTrouble: true },
  /** Its policy held it, and it goes on as it ends: told in one message with others. */
  held: { leaves: 'open', text: 'page', tellsTrouble: true, namesCalled: true, tellsPage: true },
  /** Its policy held it, and somebody has taken it meanwhile. */
  'held-taken': { leaves: 'taken', tellsTrouble: true, tellsPage: true },
  /** Its policy held it, and it is over. */
  'held-over': { leaves: 'over', tellsPage: true },
  /** Whoever has it is about to lose it: it then pages again. */
  'ack-ends': { leaves: 'open', text: 'page', isNameless: true },
  exhausted: { leaves: 'open', text: 'exhausted', callsEverybody: true, tellsTrouble: true, tellsPage: true },
  resolved: { leaves: 'over', text: 'resolved' },
  /** Something has happened that does not go on: its alert says `once`. */
  once: { leaves: 'news', tellsPage: true },
} as const satisfies Record<string, NoticeKindRow>

export type NoticeKind = keyof typeof noticeKinds

/** Whether it tells of what was held: such notices of one recipient are one message. */
export function isOfHeld(kind: NoticeKind): boolean {
  return kind === 'held' || kind === 'held-taken' || kind === 'held-over'
}

/** What is so of a notice of this kind. */
export function ofKind(kind: NoticeKind): NoticeKindRow {
  return noticeKinds[kind]
}
