// How an atlas is looked at, in the address: a link shows others the same.

import { OWN_PICTURE } from "../explain/address";
import type { Picture } from "../explain/picture";
import { labelOf, type Atlas, type Place } from "./document";
import { LEAST_INTENSITY, MOST_INTENSITY, NO_FILTER, type Filter } from "./filter";
import { freshLook, type AtlasState } from "./state";
import { WHOLE, type Camera } from "./viewer";

/** Write the state as a query; what nobody has changed is left out. */
export function queryOfState(
  atlas: Atlas,
  state: AtlasState,
  picture: Picture | null,
): URLSearchParams {
  const query = new URLSearchParams();
  const { camera, filter, chosen } = state;
  if (!isWhole(camera)) {
    query.set("at", [camera.x, camera.y].map((part) => part.toFixed(4)).join(","));
    query.set("zoom", camera.zoom.toFixed(3));
  }
  if (filter.target !== null) query.set("class", wordOf(atlas, filter.target));
  if (filter.versus !== null) query.set("versus", wordOf(atlas, filter.versus));
  if (filter.isAgainst) query.set("against", "1");
  if (filter.intensity !== 1) query.set("intensity", String(filter.intensity));
  if (!state.hasLabels) query.set("labels", "0");
  if (!state.isSized) query.set("sized", "0");
  if (chosen) query.set("cell", `${chosen.grid},${chosen.x},${chosen.y}`);
  if (state.soughtPicture) query.set("picture", picture?.sample ?? OWN_PICTURE);
  return query;
}

const isWhole = ({ x, y, zoom }: Camera): boolean =>
  Math.abs(x - WHOLE.x) < 1e-3 && Math.abs(y - WHOLE.y) < 1e-3 && Math.abs(zoom - 1) < 1e-3;

/** A class by its label, or by its index where another one has the same. */
function wordOf(atlas: Atlas, index: number): string {
  const label = labelOf(atlas, index);
  const isPlain =
    atlas.document.classes.indexOf(label) === index && Number.isNaN(Number(label));
  return isPlain ? label : String(index);
}

/** What a query says of the look of an atlas; what it does not say is as at first. */
export function lookOf(atlas: Atlas, query: URLSearchParams): Partial<AtlasState> {
  const zoom = Number(query.get("zoom"));
  const [x, y] = numbersIn(query.get("at"));
  return {
    ...freshLook(),
    camera: x !== undefined && y !== undefined && zoom > 0 ? { x, y, zoom } : WHOLE,
    filter: filterOf(atlas, query),
    hasLabels: query.get("labels") !== "0",
    isSized: query.get("sized") !== "0",
    chosen: placeIn(query.get("cell")),
  };
}

/** The filter that a query names; classes without values are none. */
function filterOf(atlas: Atlas, query: URLSearchParams): Filter {
  const target = indexOf(atlas, query.get("class"));
  if (target === null) return NO_FILTER;
  const versus = indexOf(atlas, query.get("versus"));
  const intensity = Number(query.get("intensity") ?? 1) || 1;
  return {
    target,
    versus: versus === target ? null : versus,
    isAgainst: query.get("against") === "1",
    intensity: Math.min(MOST_INTENSITY, Math.max(LEAST_INTENSITY, intensity)),
  };
}

function indexOf({ document }: Atlas, word: string | null): number | null {
  if (word === null || word === "") return null;
  const labelled = document.classes.indexOf(word);
  const index = labelled >= 0 ? labelled : Number(word);
  return document.filter_classes.includes(index) ? index : null;
}

const numbersIn = (text: string | null): number[] =>
  (text ?? "").split(",").map(Number).filter(Number.isFinite);

function placeIn(text: string | null): Place | null {
  const [grid, x, y] = numbersIn(text);
  return text && grid !== undefined && x !== undefined && y !== undefined
    ? { grid, x, y }
    : null;
}
