// The Datasets view: what there is, sending another one, and deleting.

import { html, nothing, type TemplateResult } from "lit-html";
import { redraw } from "../parts/draw";
import { advice, refusalNote } from "../parts/notes";
import { bytes, count, moment } from "../parts/words";
import { ask, isAborted, refusalFrom, sendForm } from "../service/ask";
import type { Refusal } from "../service/refusal";
import type { Dataset, DatasetDetails } from "../service/types";
import type { View } from "../view";

interface DatasetsState {
  datasets: readonly Dataset[];
  isLoaded: boolean;
  refusal: Refusal | null;
  /** Name of the file that is under way, and how much of it has gone. */
  sending: { name: string; part: number; abort: AbortController } | null;
  added: DatasetDetails | null;
  /** Asked to be deleted, and not confirmed yet. */
  doomed: string | null;
}

const state: DatasetsState = {
  datasets: [],
  isLoaded: false,
  refusal: null,
  sending: null,
  added: null,
  doomed: null,
};

async function look(): Promise<void> {
  try {
    const { body } = await ask<{ datasets: Dataset[] }>("datasets");
    Object.assign(state, { datasets: body.datasets, isLoaded: true, refusal: null });
  } catch (error) {
    state.refusal = refusalFrom(error);
  }
  redraw();
}

async function send(input: HTMLInputElement): Promise<void> {
  const file = input.files?.[0];
  input.value = "";
  if (!file) return;
  const sending = { name: file.name, part: 0, abort: new AbortController() };
  Object.assign(state, { sending, added: null, refusal: null });
  redraw();
  const form = new FormData();
  form.append("archive", file, file.name);
  try {
    state.added = await sendForm<DatasetDetails>("datasets", form, {
      sent: (part) => {
        sending.part = part;
        redraw();
      },
      signal: sending.abort.signal,
    });
    state.sending = null;
    await look();
  } catch (error) {
    state.sending = null;
    if (!isAborted(error)) state.refusal = refusalFrom(error);
  }
  redraw();
}

async function remove(id: string): Promise<void> {
  state.doomed = null;
  try {
    await ask<null>(`datasets/${encodeURIComponent(id)}`, { method: "DELETE" });
    if (state.added?.id === id) state.added = null;
    await look();
  } catch (error) {
    state.refusal = refusalFrom(error);
    redraw();
  }
}

const template = (): TemplateResult =>
  html`<section class="card datasets" aria-labelledby="datasets-title">
    <div class="card-head">
      <h2 id="datasets-title">Datasets</h2>
      <div>
        <input
          class="hidden-input"
          id="archive"
          type="file"
          accept=".zip,.tar,.gz,.tgz"
          aria-label="Add an archive of images"
          ?disabled=${state.sending !== null}
          @change=${(event: Event) => void send(event.target as HTMLInputElement)}
        />
        <label class="button" for="archive">Add an archive</label>
      </div>
    </div>
    <p class="quiet">
      A zip, tar or tar.gz file of images; its folders are the classes. Jobs work on datasets.
    </p>
    ${state.sending ? sendingBar(state.sending) : nothing}
    ${refusalNote(state.refusal, () => void look())}
    ${state.added ? addedNote(state.added) : nothing}
    ${state.datasets.length > 0 ? table() : state.isLoaded ? teaching() : nothing}
  </section>`;

const sendingBar = ({ name, part, abort }: NonNullable<DatasetsState["sending"]>) =>
  html`<div class="sending">
    <span role="status"
      >${part < 1 ? `Sending ${name}` : `${name} has arrived; its images are looked at …`}</span
    >
    <div class="standing">
      <progress max="1" .value=${part} aria-label="Sent of ${name}"></progress>
      <span class="percent">${Math.floor(part * 100)} %</span>
    </div>
    <button class="plain is-alarm" type="button" @click=${() => abort.abort()}>Give up</button>
  </div>`;

function addedNote({ name, images, skipped, skipped_files: files }: DatasetDetails) {
  const left = skipped === 0 ? "" : `; ${count(skipped)} files were left out`;
  return html`${advice(`${name} is there`, `${count(images)} images${left}`)}
  ${
    skipped > 0
      ? html`<details>
        <summary>Files left out</summary>
        <ul class="skipped">
          ${files.map(({ path, reason }) => html`<li>${path}: ${reason}</li>`)}
        </ul>
      </details>`
      : nothing
  }`;
}

const table = (): TemplateResult =>
  html`<div class="scrolled" tabindex="0" role="region" aria-labelledby="datasets-title">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Images</th>
          <th scope="col">Classes</th>
          <th scope="col">Size</th>
          <th scope="col">Added</th>
          <th scope="col"><span class="unseen">Delete</span></th>
        </tr>
      </thead>
      <tbody>
        ${state.datasets.map(row)}
      </tbody>
    </table>
  </div>`;

const row = (dataset: Dataset): TemplateResult =>
  html`<tr>
    <th scope="row">${dataset.name}</th>
    <td>${count(dataset.images)}</td>
    <td title=${dataset.classes.join(", ")}>${dataset.classes.length || "none"}</td>
    <td>${bytes(dataset.bytes)}</td>
    <td>${moment(dataset.created_at)}</td>
    <td>
      ${
        state.doomed === dataset.id
          ? html`<div class="buttons">
            <button class="plain is-alarm" type="button" @click=${() => void remove(dataset.id)}>
              Delete for good
            </button>
            <button class="plain" type="button" @click=${() => doom(null)}>Keep</button>
          </div>`
          : html`<button
            class="plain"
            type="button"
            aria-label="Delete ${dataset.name}"
            @click=${() => doom(dataset.id)}
          >
            Delete
          </button>`
      }
    </td>
  </tr>`;

function doom(id: string | null): void {
  state.doomed = id;
  redraw();
}

const teaching = (): TemplateResult =>
  html`<div class="teaching">
    <p>
      There is none yet. Send an archive such as <code>pets.zip</code> with the folders
      <code>cat</code> and <code>dog</code>; what is no image is left out and listed.
    </p>
  </div>`;

export const datasetsView: View = {
  title: "Datasets",
  enter: () => void look(),
  leave: () => undefined,
  template,
};
