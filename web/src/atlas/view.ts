// The Atlas view: all atlases, or one of them to walk through.

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { OWN_PICTURE } from "../explain/address";
import { keptPicture } from "../explain/picture";
import { onPicture, state as explained, take, takeSample } from "../explain/view";
import { Followed } from "../jobs/following";
import { jobCard } from "../jobs/job_card";
import { redraw } from "../parts/draw";
import { refusalNote } from "../parts/notes";
import { hashOf, rewriteAddress } from "../parts/place";
import { isAborted, refusalFrom } from "../service/ask";
import type { View } from "../view";
import { aboutCard } from "./about_card";
import { lookOf, queryOfState } from "./address";
import { fetchAtlas, locate } from "./asking";
import { cellsList } from "./cells_list";
import type { Place } from "./document";
import type { Filter } from "./filter";
import { filterCard } from "./filter_card";
import { enterGallery, galleryView, leaveGallery } from "./gallery";
import { beginOrder } from "./order";
import { seekCard } from "./seek_card";
import { stage } from "./stage";
import { LISTED_AT_ONCE, shownOf, state } from "./state";

let isShown = false;

async function enter(path: readonly string[], query: URLSearchParams): Promise<void> {
  isShown = true;
  const [id = ""] = path;
  if (id !== state.id) forget(id);
  if (id === "") {
    await enterGallery();
    return;
  }
  leaveGallery();
  if (state.atlas) look(query);
  else await open(id, query);
}

/** Let go of what belongs to another atlas. */
function forget(id: string): void {
  state.followed?.letGo();
  state.seeking?.abort();
  Object.assign(state, { id, atlas: null, followed: null, refusal: null });
}

/** Fetch the atlas; if it is not done, follow the job that makes it. */
async function open(id: string, query: URLSearchParams): Promise<void> {
  void beginOrder();
  try {
    const atlas = await fetchAtlas(id);
    if (state.id !== id) return;
    state.followed?.letGo();
    Object.assign(state, { atlas, refusal: null, followed: null });
    look(query);
  } catch (error) {
    const refusal = refusalFrom(error);
    if (state.id !== id) return;
    if (refusal.code !== "atlas_not_found") state.refusal = refusal;
    else if (!state.followed) state.followed = new Followed(id, () => void open(id, query));
  }
  redraw();
}

/** Look at the atlas as a query says. */
function look(query: URLSearchParams): void {
  if (!state.atlas) return;
  state.seeking?.abort();
  Object.assign(state, lookOf(state.atlas, query), {
    grid: state.viewer?.grid().grid ?? state.atlas.grids[0]?.grid ?? 0,
  });
  state.viewer?.moveTo(state.camera);
  changed();
  void findPicture(query.get("picture"));
}

/** A picture that the address names is looked for. */
async function findPicture(named: string | null): Promise<void> {
  if (named === null) return;
  if (named !== OWN_PICTURE) await takeSample(named, true);
  else if (explained.picture?.sample !== null) {
    const kept = keptPicture();
    if (kept) explained.picture = kept;
  }
  await seek();
}

function leave(): void {
  isShown = false;
  leaveGallery();
  state.seeking?.abort();
  forget("");
}

/** Draw what has changed, and write it into the address. */
function changed(): void {
  state.viewer?.show(shownOf(state));
  writeAddress();
  redraw();
}

function writeAddress(): void {
  if (!isShown || !state.atlas) return;
  const query = queryOfState(state.atlas, state, explained.picture);
  rewriteAddress(hashOf("atlas", [state.id], query));
}

/** Ask where the picture falls. */
async function seek(): Promise<void> {
  const { picture } = explained;
  if (!isShown || !state.atlas || !picture || state.atlas.document.landmarks_path === null)
    return;
  state.seeking?.abort();
  const seeking = new AbortController();
  Object.assign(state, { seeking, located: null, seekRefusal: null });
  state.soughtPicture = picture.address;
  changed();
  try {
    state.located = await locate(state.id, picture, seeking.signal);
  } catch (error) {
    if (isAborted(error)) return;
    state.seekRefusal = refusalFrom(error);
  }
  state.seeking = null;
  changed();
}

function forgetPicture(): void {
  state.seeking?.abort();
  Object.assign(state, { located: null, soughtPicture: "", seeking: null, seekRefusal: null });
  changed();
}

function flyTo(place: Place): void {
  state.chosen = place;
  state.viewer?.flyTo(place);
  changed();
}

const stageActions = {
  choose: (chosen: Place | null) => {
    state.chosen = chosen;
    changed();
  },
  hover: (hovered: Place | null) => {
    state.hovered = hovered;
    state.viewer?.show(shownOf(state));
    redraw();
  },
  moved: () => {
    writeAddress();
    redraw();
  },
};

const filterActions = {
  filter: (change: Partial<Filter>) => {
    state.filter = { ...state.filter, ...change };
    state.listed = LISTED_AT_ONCE;
    changed();
  },
  turn: (name: "hasLabels" | "isSized", isOn: boolean) => {
    state[name] = isOn;
    changed();
  },
};

const seekActions = {
  take: (file: File | undefined) => void take(file),
  takeSample: (name: string) => void takeSample(name),
  seek: () => void seek(),
  forget: forgetPicture,
  flyTo,
};

const listActions = {
  flyTo,
  listMore: () => {
    state.listed += LISTED_AT_ONCE;
    redraw();
  },
};

function template(): TemplateResult {
  if (state.id === "") return galleryView();
  const { atlas, followed, refusal } = state;
  return html`<p class="way-back"><a href="#/atlas">← All atlases</a></p>
    ${refusalNote(refusal, () => void open(state.id, new URLSearchParams()))}
    ${
      atlas
        ? html`<div class="atlas">
            ${keyed(atlas.id, stage(atlas, state, stageActions))}
            <div class="side">
              ${filterCard(atlas, state, filterActions)}
              ${seekCard(atlas, state, explained.picture, seekActions)} ${aboutCard(atlas)}
            </div>
            <div class="below">${cellsList(atlas, state, listActions)}</div>
          </div>`
        : followed
          ? jobCard(followed)
          : refusal
            ? nothing
            : html`<p class="quiet">Looking …</p>`
    }`;
}

onPicture(() => {
  if (isShown && state.atlas) void seek();
});

/** What is to be known before an atlas is ordered is known. */
export function beginAtlas(): void {
  if (isShown && state.id === "") void enterGallery();
  else if (isShown) void beginOrder();
}

/** Whether a picture would be looked for on an atlas. */
export const isAtlasOpen = (): boolean => isShown && state.atlas !== null;

export const atlasView: View = {
  title: "Atlas",
  enter: (path, query) => void enter(path, query),
  leave,
  template,
};
