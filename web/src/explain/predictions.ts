// What the model sees: the most probable classes as bars; choosing one explains it.

import { html, type TemplateResult } from "lit-html";
import { percent } from "../parts/words";
import type { Prediction } from "../service/types";

/** A bar's height with its margin. */
const BAR_PIXELS = 42;

/** The bars; `places` are kept free for them until they come, so that nothing moves then. */
export const predictionBars = (
  predictions: readonly Prediction[],
  target: number | null,
  places: number,
  choose: (index: number) => void,
): TemplateResult =>
  predictions.length === 0
    ? html`<p class="quiet predictions" .style=${`min-height:${places * BAR_PIXELS}px`}>
        The most probable classes will stand here.
      </p>`
    : html`<ol class="predictions">
        ${predictions.map((prediction) => bar(prediction, prediction.index === target, choose))}
      </ol>`;

const bar = (
  { index, label, probability, logit }: Prediction,
  isTarget: boolean,
  choose: (index: number) => void,
): TemplateResult =>
  html`<li>
    <button
      class="prediction"
      type="button"
      title="Explain ${label}${logit == null ? "" : ` (logit ${logit.toFixed(2)})`}"
      aria-pressed=${String(isTarget)}
      @click=${() => choose(index)}
    >
      <span class="part" .style=${`width:${probability * 100}%`}></span>
      <span class="label">${label}</span>
      <span class="percent">${percent(probability)}</span>
    </button>
  </li>`;
