// Made by `npx node cli/schema.ts` from shared/checks/registry.ts and the files of each folder; a test compares.

import type { PlaceNaming } from '../kind.ts'
import { vantagePointsPlaces } from '../vantage-points/places.ts'

/** The names of places, of the kinds that have some of their own. */
export const placeNamings: PlaceNaming[] = [vantagePointsPlaces]
