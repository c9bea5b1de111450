// What is shown of the cells: all of them, those that speak for a class, or for which of two.

import { html, nothing, type TemplateResult } from "lit-html";
import { selectField, type Choice } from "../parts/field";
import { labelOf, type Atlas } from "./document";
import { LEAST_INTENSITY, MOST_INTENSITY, type Filter } from "./filter";
import type { AtlasState } from "./state";

export interface FilterActions {
  filter: (change: Partial<Filter>) => void;
  turn: (name: "hasLabels" | "isSized", isOn: boolean) => void;
}

export const filterCard = (
  atlas: Atlas,
  { filter, hasLabels, isSized }: AtlasState,
  actions: FilterActions,
): TemplateResult =>
  html`<section class="card choices" aria-labelledby="filter-title">
    <h2 id="filter-title">What to show</h2>
    ${
      atlas.document.filter_classes.length > 0
        ? classes(atlas, filter, actions)
        : html`<p class="quiet">This atlas has no classes to filter by.</p>`
    }
    ${filter.target === null ? nothing : intensity(filter, actions)}
    <label class="switch">
      <input
        id="labels"
        type="checkbox"
        .checked=${hasLabels}
        @change=${(event: Event) => actions.turn("hasLabels", isChecked(event))}
      />
      Names of classes
    </label>
    <label class="switch">
      <input
        id="sized"
        type="checkbox"
        .checked=${isSized}
        @change=${(event: Event) => actions.turn("isSized", isChecked(event))}
      />
      Smaller icons where little lies
    </label>
  </section>`;

const isChecked = (event: Event): boolean => (event.target as HTMLInputElement).checked;

function classes(atlas: Atlas, filter: Filter, actions: FilterActions): TemplateResult {
  const { target, versus, isAgainst } = filter;
  return html`${selectField({
    id: "class",
    label: "Class",
    value: target === null ? "" : String(target),
    choices: [{ value: "", text: "all classes" }, ...choicesOf(atlas, null)],
    change: (word) => actions.filter({ target: indexIn(word), ...without(word, versus) }),
  })}
  ${
    target === null
      ? nothing
      : html`${selectField({
          id: "versus",
          label: "Rather than",
          value: versus === null ? "" : String(versus),
          choices: [{ value: "", text: "nothing in particular" }, ...choicesOf(atlas, target)],
          change: (word) => actions.filter({ versus: indexIn(word) }),
        })}
        ${
          versus === null
            ? selectField({
                id: "sign",
                label: "Show what speaks",
                value: isAgainst ? "against" : "for",
                choices: [
                  { value: "for", text: `for “${labelOf(atlas, target)}”` },
                  { value: "against", text: `against “${labelOf(atlas, target)}”` },
                ],
                change: (word) => actions.filter({ isAgainst: word === "against" }),
              })
            : legend(atlas, target, versus)
        }`
  }`;
}

const indexIn = (word: string): number | null => (word === "" ? null : Number(word));

/** A class is not held against itself, nor anything against no class. */
const without = (word: string, versus: number | null): Partial<Filter> =>
  word === "" || Number(word) === versus ? { versus: null } : {};

const choicesOf = (atlas: Atlas, left: number | null): Choice[] =>
  atlas.document.filter_classes
    .filter((index) => index !== left)
    .map((index) => ({ value: String(index), text: labelOf(atlas, index) }))
    .sort((one, other) => one.text.localeCompare(other.text));

const legend = (atlas: Atlas, target: number, versus: number): TemplateResult =>
  html`<p class="legend">
    <span class="swatch is-one"></span> ${labelOf(atlas, target)}
    <span class="swatch is-other"></span> ${labelOf(atlas, versus)}
  </p>`;

/** The slider goes by doublings, from a quarter to four. */
const intensity = (filter: Filter, actions: FilterActions): TemplateResult =>
  html`<div class="field">
    <label for="intensity">Intensity</label>
    <div class="opacity">
      <input
        id="intensity"
        type="range"
        min=${Math.log2(LEAST_INTENSITY)}
        max=${Math.log2(MOST_INTENSITY)}
        step="0.25"
        .value=${String(Math.log2(filter.intensity))}
        @input=${(event: Event) => {
          const step = Number((event.target as HTMLInputElement).value);
          actions.filter({ intensity: Number((2 ** step).toFixed(3)) });
        }}
      />
      <output for="intensity">× ${Number(filter.intensity.toFixed(2))}</output>
    </div>
  </div>`;
