// The images of a dataset that a channel answers to most, with the place that it answers to.

import { html, nothing, type TemplateResult } from "lit-html";
import { progressBar } from "../jobs/job_card";
import { OPEN, standing } from "../jobs/wording";
import { selectField } from "../parts/field";
import { sourceOf } from "../parts/file";
import { refusalNote } from "../parts/notes";
import { count, value } from "../parts/words";
import type { LayerStrongest, StrongImage } from "./strongest";

export const strongestCard = (strongest: LayerStrongest, channel: number): TemplateResult =>
  html`<section class="card" aria-labelledby="strongest-title">
    <h2 id="strongest-title">Which images it answers to most</h2>
    ${refusalNote(strongest.refusal ?? strongest.followed?.refusal ?? null)}
    ${strongest.datasets === null ? nothing : choice(strongest)}
    ${found(strongest, channel)}
  </section>`;

function choice(strongest: LayerStrongest): TemplateResult {
  const { datasets, dataset } = strongest;
  if (!datasets?.length && !strongest.followed) {
    return html`<p class="quiet">
      There is no dataset to look through yet. <a href="#/datasets">Send one</a>: a zip of images.
    </p>`;
  }
  const choices = (datasets ?? []).map(({ id, name }) => ({ value: id, text: name }));
  const isGone = dataset !== "" && !choices.some(({ value: id }) => id === dataset);
  return selectField({
    id: "strongest-dataset",
    label: "Dataset",
    value: dataset,
    choices: isGone ? [{ value: dataset, text: "one that is gone" }, ...choices] : choices,
    change: (chosen) => strongest.turnTo(chosen),
  });
}

function found(strongest: LayerStrongest, channel: number) {
  const { followed, file } = strongest;
  const images = strongest.imagesOf(channel);
  if (images) {
    return images.length > 0
      ? html`<ol class="strongest">
            ${images.map((image) => imagePart(strongest, image))}
          </ol>
          <p class="hint">
            Of ${count(file?.images ?? 0)} images; the ring is where the channel is strongest.
          </p>`
      : html`<p class="quiet">It is silent in all ${count(file?.images ?? 0)} images.</p>`;
  }
  if (followed?.job && OPEN.has(followed.job.status)) {
    return html`${progressBar(followed.job)}
      <p class="words" role="status">${standing(followed.job)}</p>`;
  }
  if (followed || !strongest.dataset) return nothing;
  return html`<button
    class="plain is-after"
    id="find-strongest"
    type="button"
    ?disabled=${strongest.isBusy}
    @click=${() => void strongest.find()}
  >
    Look through the images, for all channels of the layer
  </button>`;
}

const imagePart = (strongest: LayerStrongest, image: StrongImage): TemplateResult =>
  html`<li>
    <span class="thumbnail">
      <img src=${sourceOf(strongest.thumbnailOf(image))} alt=${image.path} loading="lazy" />
      <span class="ring" .style=${`left:${image.x * 100}%;top:${image.y * 100}%`}></span>
    </span>
    <span class="number" title=${image.path}>${value(image.value)}</span>
  </li>`;
