// What the Atlas view shows of an atlas, and how it is looked at.

import type { Followed } from "../jobs/following";
import type { Refusal } from "../service/refusal";
import type { LocatedCell } from "../service/types";
import { gridOf, type Atlas, type AtlasCell, type CellGrid, type Place } from "./document";
import { NO_FILTER, type Filter } from "./filter";
import type { Shown } from "./overlay";
import { WHOLE, type AtlasViewer, type Camera } from "./viewer";

export interface AtlasState {
  /** Of the atlas; "" where all of them are listed. */
  id: string;
  atlas: Atlas | null;
  /** The job that makes the atlas, as long as it is not done. */
  followed: Followed | null;
  refusal: Refusal | null;
  viewer: AtlasViewer | null;
  filter: Filter;
  hasLabels: boolean;
  isSized: boolean;
  camera: Camera;
  /** Cells a side of the grid that is seen. */
  grid: number;
  hovered: Place | null;
  chosen: Place | null;
  /** Where the picture falls; null for not asked. */
  located: readonly LocatedCell[] | null;
  /** Address of the picture that was looked for. */
  soughtPicture: string;
  seeking: AbortController | null;
  seekRefusal: Refusal | null;
  /** How many cells the list of them shows. */
  listed: number;
}

export const LISTED_AT_ONCE = 20;

/** How an atlas is looked at before anything is chosen. */
export const freshLook = () => ({
  filter: NO_FILTER,
  hasLabels: true,
  isSized: true,
  camera: WHOLE,
  grid: 0,
  hovered: null,
  chosen: null,
  located: null,
  soughtPicture: "",
  seeking: null,
  seekRefusal: null,
  listed: LISTED_AT_ONCE,
});

export const state: AtlasState = {
  id: "",
  atlas: null,
  followed: null,
  refusal: null,
  viewer: null,
  ...freshLook(),
};

/** The grid that is seen. */
export const seenGrid = (atlas: Atlas): CellGrid => gridOf(atlas, state.grid);

/** A cell and its grid, if there is one at the place. */
export function cellAt(
  atlas: Atlas,
  place: Place | null,
): { cell: AtlasCell; grid: CellGrid } | null {
  if (!place) return null;
  const grid = gridOf(atlas, place.grid);
  const cell = grid.grid === place.grid ? grid.at(place.x, place.y) : undefined;
  return cell ? { cell, grid } : null;
}

/** What is drawn over the icons. */
export const shownOf = ({
  filter,
  hasLabels,
  isSized,
  hovered,
  chosen,
  located,
}: AtlasState): Shown => ({
  filter,
  hasLabels,
  isSized,
  hovered,
  chosen,
  located: (located ?? []).map(({ grid, row, column, weight }) => ({
    grid,
    x: column,
    y: row,
    weight,
  })),
});
