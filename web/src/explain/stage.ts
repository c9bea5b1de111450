// The stage: the picture and its maps side by side; without a picture, what to do first.

import { html, nothing, type TemplateResult } from "lit-html";
import { refusalNote } from "../parts/notes";
import { panelView, type PanelActions } from "./panel_view";
import { SAMPLES } from "./picture";
import { MOST_PANELS, type ExplainState } from "./state";

export interface StageActions {
  take: (file: File | undefined) => void;
  takeSample: (name: string) => void;
  setOpacity: (opacity: number) => void;
  addPanel: () => void;
  ofPanel: (place: number) => PanelActions;
}

export const stage = (state: ExplainState, actions: StageActions): TemplateResult =>
  html`<section class="stage card" id="stage" aria-label="Picture and explanation">
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture"
      @change=${(event: Event) => takeFrom(event.target as HTMLInputElement, actions)}
    />
    ${hasPicture(state) && !state.isDragging ? nothing : emptyStage(state, actions)}
    ${hasPicture(state) ? filledStage(state, actions) : nothing}
    ${refusalNote(state.pictureRefusal)}
  </section>`;

/** One that is on its way has its place already. */
const hasPicture = ({ picture, isPictureComing }: ExplainState): boolean =>
  picture !== null || isPictureComing;

function takeFrom(input: HTMLInputElement, { take }: StageActions): void {
  take(input.files?.[0]);
  // So that choosing the same file again counts.
  input.value = "";
}

const emptyStage = (state: ExplainState, actions: StageActions): TemplateResult =>
  html`<div class="drop ${hasPicture(state) ? "is-over" : ""} ${state.isDragging ? "is-dragging" : ""}">
    <svg viewBox="0 0 48 48" width="52" height="52" aria-hidden="true">
      <path d="M8 38V12a4 4 0 0 1 4-4h24a4 4 0 0 1 4 4v26" />
      <path d="M4 40h40M24 32V18m-7 6 7-7 7 7" />
    </svg>
    <h2>${state.isPictureMissing ? "Add the picture to this view" : "Drop a picture here"}</h2>
    <p>
      ${
        state.isPictureMissing
          ? "This link was made with a picture of somebody's own, which stays with them. " +
            "Add one, and it is explained with the choices of the link."
          : "The model says what it sees, and the explanation marks what in the picture speaks for it."
      }
    </p>
    <label class="button" for="file">Choose a picture</label>
    <p class="quiet">or paste one from the clipboard, or try one of these:</p>
    <div class="samples">${sampleButtons(null, actions)}</div>
  </div>`;

/** The samples to choose from. */
export const sampleButtons = (
  shown: string | null,
  { takeSample }: Pick<StageActions, "takeSample">,
): TemplateResult[] =>
  SAMPLES.map(
    ({ name, title, file, credit }) =>
      html`<button
        class="sample"
        type="button"
        title="${title}: ${credit}"
        aria-pressed=${String(name === shown)}
        @click=${() => takeSample(name)}
      >
        <img src=${file} alt="" width="72" height="72" /><span>${title}</span>
      </button>`,
  );

const filledStage = (state: ExplainState, actions: StageActions): TemplateResult =>
  html`<div class="panels has-${state.panels.length}">
      <figure class="panel sent">
        <div class="panel-head"><label class="button plain" for="file">Another picture</label></div>
        <div class="frame">
          ${state.picture ? html`<img src=${state.picture.address} alt="The picture" />` : nothing}
        </div>
        <figcaption title=${state.picture?.name ?? ""}>${state.picture?.name ?? "\u00a0"}</figcaption>
        <p class="readout">${keptWords(state)}</p>
      </figure>
      ${state.panels.map((panel, place) =>
        panelView(state, panel, place, actions.ofPanel(place)),
      )}
    </div>
    <div class="bar">
      <div class="opacity">
        <label for="opacity">Opacity</label>
        <input
          id="opacity"
          type="range"
          min="0"
          max="1"
          step="0.01"
          .value=${String(state.opacity)}
          @input=${(event: Event) =>
            actions.setOpacity(Number((event.target as HTMLInputElement).value))}
        />
        <output for="opacity">${Math.round(state.opacity * 100)} %</output>
      </div>
      <button
        class="plain"
        id="add-method"
        type="button"
        ?disabled=${state.panels.length >= MOST_PANELS}
        @click=${actions.addPanel}
      >
        Compare with another method
      </button>
    </div>
    <div class="samples is-small" role="group" aria-label="Sample pictures">
      <label class="button plain phone-only" for="file">Another picture</label>
      ${sampleButtons(state.picture?.sample ?? null, actions)}
    </div>`;

function keptWords({ picture }: ExplainState): string {
  if (!picture) return "";
  const sample = SAMPLES.find(({ name }) => name === picture.sample);
  if (sample) return sample.credit;
  if (picture.isKept === null) return "\u00a0";
  return picture.isKept ? "Kept in this tab only" : "Too large to outlive a reload";
}
