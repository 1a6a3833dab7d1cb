import type { ChecksWords } from '../../../../shared/messages/console/checks.ts'

/** What `Hatched` is painted with, once of an `id` on a page: lines from corner to corner of squares, on a veil by which they stand out. */
export function Hatching({ id = 'hatch' }: { id?: string }) {
  return (
    <svg class="hatching" width="0" height="0" aria-hidden="true">
      <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
        <rect width="6" height="6" />
        <path d="M-1 1L1 -1M0 6L6 0M5 7L7 5" />
      </pattern>
    </svg>
  )
}

/** What it means, in a legend. */
export function WindowKey({ words }: { words: ChecksWords }) {
  return (
    <li>
      <i class="window" /> {words.window}
    </li>
  )
}

interface HatchedProps {
  windows: [from: number, until: number][]
  x(at: number): number
  height: number
  /** The `id` of its `Hatching`. */
  by?: string
  /** What is said of each when it is pointed at. */
  says?(from: number, until: number): string
}

/** Maintenance, over what was measured meanwhile: both can be seen. */
export function Hatched({ windows, x, height, by = 'hatch', says }: HatchedProps) {
  return (
    <>
      {windows.map(([from, until]) => (
        <rect
          class="hatch"
          fill={`url(#${by})`}
          x={x(from)}
          y="0"
          width={Math.max(2, x(until) - x(from))}
          height={height}
        >
          {says && <title>{says(from, until)}</title>}
        </rect>
      ))}
    </>
  )
}
