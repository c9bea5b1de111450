// Labelled controls.

import { html, nothing, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";

export interface Choice {
  value: string;
  text: string;
  isOff?: boolean;
}

interface Field {
  id: string;
  label: string;
  value: string;
  hint?: string;
  isOff?: boolean;
  change: (value: string) => void;
}

const written = (event: Event): string =>
  (event.target as HTMLInputElement | HTMLSelectElement).value;

/** The options of a select. */
export const optionsOf = (choices: readonly Choice[], chosen: string): TemplateResult[] =>
  choices.map(
    ({ value, text, isOff = false }) =>
      html`<option value=${value} .selected=${live(value === chosen)} ?disabled=${isOff}>
        ${text}
      </option>`,
  );

/** One of several. */
export const selectField = ({
  id,
  label,
  value,
  hint,
  isOff = false,
  change,
  choices,
}: Field & { choices: readonly Choice[] }): TemplateResult =>
  html`<div class="field">
    <label for=${id}>${label}</label>
    <select
      id=${id}
      ?disabled=${isOff}
      aria-describedby=${hint === undefined ? nothing : `${id}-hint`}
      @change=${(event: Event) => change(written(event))}
    >
      ${optionsOf(choices, value)}
    </select>
    ${hintOf(id, hint)}
  </div>`;

/** A number or words; what is being written is left alone by whatever is drawn meanwhile. */
export const inputField = ({
  id,
  label,
  value,
  hint,
  isOff = false,
  change,
  type = "text",
  placeholder = "",
  min,
  max,
  step,
}: Field & {
  type?: "text" | "number" | "search";
  placeholder?: string;
  min?: number | undefined;
  max?: number | undefined;
  step?: string;
}): TemplateResult =>
  html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      type=${type}
      .value=${value}
      placeholder=${placeholder}
      ?disabled=${isOff}
      min=${min ?? nothing}
      max=${max ?? nothing}
      step=${step ?? nothing}
      aria-describedby=${hint === undefined ? nothing : `${id}-hint`}
      @change=${(event: Event) => change(written(event))}
      @input=${(event: Event) => type === "search" && change(written(event))}
    />
    ${hintOf(id, hint)}
  </div>`;

const hintOf = (id: string, hint: string | undefined) =>
  hint === undefined ? nothing : html`<p class="hint" id="${id}-hint">${hint}</p>`;
