// Where a picture falls on the atlas.

import { html, nothing, type TemplateResult } from "lit-html";
import { sampleButtons } from "../explain/stage";
import type { Picture } from "../explain/picture";
import { refusalNote } from "../parts/notes";
import { percent } from "../parts/words";
import type { LocatedCell } from "../service/types";
import type { Atlas, Place } from "./document";
import type { AtlasState } from "./state";

export interface SeekActions {
  take: (file: File | undefined) => void;
  takeSample: (name: string) => void;
  /** Look for the picture that is there already. */
  seek: () => void;
  forget: () => void;
  flyTo: (place: Place) => void;
}

const MOST_LISTED = 6;

export function seekCard(
  atlas: Atlas,
  state: AtlasState,
  picture: Picture | null,
  actions: SeekActions,
): TemplateResult {
  if (atlas.document.landmarks_path === null) {
    return html`<section class="card" aria-labelledby="seek-title">
      <h2 id="seek-title">Where is my picture?</h2>
      <p class="quiet">Pictures cannot be located on this atlas.</p>
    </section>`;
  }
  const isSought = picture !== null && picture.address === state.soughtPicture;
  return html`<section class="card seek" aria-labelledby="seek-title">
    <h2 id="seek-title">Where is my picture?</h2>
    ${isSought ? sought(atlas, state, picture, actions) : offered(picture, actions)}
    ${refusalNote(state.seekRefusal, actions.seek)}
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture to find on the atlas"
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        actions.take(input.files?.[0]);
        input.value = "";
      }}
    />
    <div class="samples is-small is-left" role="group" aria-label="Pictures to find">
      <label class="button plain" for="file">Choose a picture</label>
      ${sampleButtons(isSought ? picture.sample : null, actions)}
    </div>
  </section>`;
}

const offered = (picture: Picture | null, { seek }: SeekActions): TemplateResult =>
  html`<p class="quiet">
      Drop or paste one, and the cells are marked in which its parts would lie.
    </p>
    ${
      picture
        ? html`<button class="plain" id="seek" type="button" @click=${seek}>
            Find the picture of the Explain view
          </button>`
        : nothing
    }`;

function sought(
  atlas: Atlas,
  { located, seeking, grid }: AtlasState,
  picture: Picture,
  { forget, flyTo }: SeekActions,
): TemplateResult {
  const here = (located ?? [])
    .filter((cell) => cell.grid === grid)
    .sort((one, other) => other.weight - one.weight);
  return html`<div class="sought">
    <img src=${picture.address} alt="The picture that is looked for" width="72" height="72" />
    <div>
      <p role="status" id="found">${foundWords(here, seeking !== null, located !== null)}</p>
      <button class="plain" type="button" @click=${forget}>Take the marks away</button>
    </div>
  </div>
  <ul class="found-list">
    ${here.slice(0, MOST_LISTED).map(
      ({ row, column, weight }) =>
        html`<li>
          <button
            class="plain"
            type="button"
            @click=${() => flyTo({ grid, x: column, y: row })}
          >
            row ${row + 1}, column ${column + 1}
          </button>
          <span class="quiet">${percent(weight)}${topOf(atlas, grid, row, column)}</span>
        </li>`,
    )}
  </ul>`;
}

function topOf({ grids, document }: Atlas, grid: number, row: number, column: number): string {
  const cell = grids.find((each) => each.grid === grid)?.at(column, row);
  const label = document.classes[cell?.i[0] ?? -1];
  return label === undefined ? "" : ` · ${label}`;
}

function foundWords(here: readonly LocatedCell[], isSeeking: boolean, isDone: boolean): string {
  if (isSeeking) return "Looking …";
  if (!isDone) return "";
  const whole = here.reduce((sum, { weight }) => sum + weight, 0);
  if (here.length === 0) return "It falls where this atlas shows nothing.";
  const cells = here.length === 1 ? "one cell" : `${here.length} cells`;
  return `${percent(whole)} of it falls in ${cells}.`;
}
