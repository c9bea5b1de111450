// Which cells are shown, and how strongly: all alike, or by what they say of one class or two.

import { labelOf, type Atlas, type AtlasCell, type CellGrid } from "./document";

export interface Filter {
  /** Index of a class, or null for all cells alike. */
  target: number | null;
  /** Index of the class that it is held against, or null. */
  versus: number | null;
  /** Whether what speaks against the class is shown. */
  isAgainst: boolean;
  /** How soon a cell is seen in full. */
  intensity: number;
}

export const NO_FILTER: Filter = {
  target: null,
  versus: null,
  isAgainst: false,
  intensity: 1,
};

export const LEAST_INTENSITY = 0.25;
export const MOST_INTENSITY = 4;

/** What a cell adds to a class; a class without values adds nothing. */
export const influence = ({ document }: Atlas, cell: AtlasCell, index: number): number =>
  cell.f[document.filter_classes.indexOf(index)] ?? 0;

/** What a cell says of the filter: for a class, or for one rather than for another. */
export function saying(atlas: Atlas, cell: AtlasCell, { target, versus }: Filter): number {
  if (target === null) return 0;
  const of = influence(atlas, cell, target);
  return versus === null ? of : of - influence(atlas, cell, versus);
}

/** How strongly a cell is seen, in 0..1: the formula of the format; of two classes both ways. */
export function opacityOf(atlas: Atlas, cell: AtlasCell, filter: Filter): number {
  if (filter.target === null) return 1;
  const said = saying(atlas, cell, filter);
  const counted = filter.versus !== null ? Math.abs(said) : filter.isAgainst ? -said : said;
  const part = Math.max(0, counted / (atlas.document.full_influence || 1));
  return Math.min(1, part * filter.intensity);
}

/** The cells that the filter shows most, first; without a filter the fullest. */
export function ranked(atlas: Atlas, { cells }: CellGrid, filter: Filter): AtlasCell[] {
  const sign = filter.isAgainst && filter.versus === null ? -1 : 1;
  const weight = (cell: AtlasCell) =>
    filter.target === null ? cell.n : sign * saying(atlas, cell, filter);
  return [...cells].sort((one, other) => weight(other) - weight(one));
}

/** What is shown, in words. */
export function filterWords(atlas: Atlas, { target, versus, isAgainst }: Filter): string {
  if (target === null) return "All cells";
  const label = labelOf(atlas, target);
  if (versus !== null) return `What speaks for “${label}” or for “${labelOf(atlas, versus)}”`;
  return `What speaks ${isAgainst ? "against" : "for"} “${label}”`;
}
