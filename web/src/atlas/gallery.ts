// All atlases: those that are done, those that are being made, and how to make another.

import { html, nothing, type TemplateResult } from "lit-html";
import { artifactPath, listJobs } from "../jobs/asking";
import { progressBar } from "../jobs/job_card";
import { standing } from "../jobs/wording";
import { redraw } from "../parts/draw";
import { sourceOf } from "../parts/file";
import { refusalNote } from "../parts/notes";
import { hashOf } from "../parts/place";
import { moment, spaced } from "../parts/words";
import { refusalFrom } from "../service/ask";
import type { Refusal } from "../service/refusal";
import type { AtlasSummary, Job } from "../service/types";
import { listAtlases } from "./asking";
import { beginOrder, KIND, order } from "./order";
import { orderForm } from "./order_form";

interface Gallery {
  atlases: readonly AtlasSummary[];
  nextCursor: string | null;
  /** Those that are being made. */
  open: readonly Job[];
  isLoaded: boolean;
  refusal: Refusal | null;
}

const gallery: Gallery = {
  atlases: [],
  nextCursor: null,
  open: [],
  isLoaded: false,
  refusal: null,
};

/** Kinds of job that make an atlas, or files of its form. */
const KINDS: ReadonlySet<string> = new Set([KIND, "dataset-map"]);

const MOST_OPEN = "50";

const LOOK_AGAIN_MILLISECONDS = 3000;

let timer = 0;
let isShown = false;

/** Look what there is, and again as long as one is being made. */
export async function enterGallery(): Promise<void> {
  isShown = true;
  clearTimeout(timer);
  try {
    const [open] = await Promise.all([openJobs(), beginOrder()]);
    // Behind the jobs: what ends in between is seen as done.
    const { atlases, next_cursor: next } = await listAtlases();
    Object.assign(gallery, { atlases, nextCursor: next, open, isLoaded: true, refusal: null });
  } catch (error) {
    gallery.refusal = refusalFrom(error);
  }
  redraw();
  if (!isShown || (gallery.open.length === 0 && !gallery.refusal)) return;
  clearTimeout(timer);
  timer = window.setTimeout(() => void enterGallery(), LOOK_AGAIN_MILLISECONDS);
}

/** All jobs under way that make what is listed here. */
async function openJobs(): Promise<readonly Job[]> {
  const queued = await listJobs({ status: "queued", limit: MOST_OPEN });
  const running = await listJobs({ status: "running", limit: MOST_OPEN });
  const byId = new Map([...running.jobs, ...queued.jobs].map((job) => [job.id, job]));
  return [...byId.values()].filter(({ kind, params }) => KINDS.has(kind) && !params["dry_run"]);
}

export function leaveGallery(): void {
  isShown = false;
  clearTimeout(timer);
}

async function showOlder(): Promise<void> {
  const { atlases, next_cursor: next } = await listAtlases(gallery.nextCursor ?? "");
  Object.assign(gallery, { atlases: [...gallery.atlases, ...atlases], nextCursor: next });
  redraw();
}

export const galleryView = (): TemplateResult =>
  html`<div class="features atlases">
    ${orderForm()}
    <div class="watching">
      ${refusalNote(gallery.refusal, () => void enterGallery())}
      ${gallery.open.length > 0 ? openOnes() : nothing}
      ${gallery.atlases.length > 0 ? doneOnes() : gallery.isLoaded ? teaching() : nothing}
    </div>
  </div>`;

const openOnes = (): TemplateResult =>
  html`<section class="card" aria-labelledby="open-title">
    <h2 id="open-title">Being made</h2>
    <ul class="jobs">
      ${gallery.open.map(
        (job) =>
          html`<li>
            <a href=${hashOf("atlas", [job.id])}>${datasetName(String(job.params["dataset"]))}</a>
            <span class="quiet"
              >${ofKind(job.kind)}${job.model} · ${moment(job.created_at)}</span
            >
            <span></span>
            ${progressBar(job)} <span class="words">${standing(job)}</span>
          </li>`,
      )}
    </ul>
  </section>`;

const doneOnes = (): TemplateResult =>
  html`<section class="card" aria-labelledby="done-title">
    <h2 id="done-title">Atlases</h2>
    <ul class="earlier is-large">
      ${gallery.atlases.map(atlasLink)}
    </ul>
    ${
      gallery.nextCursor
        ? html`<button class="plain" type="button" @click=${() => void showOlder()}>
            Older ones
          </button>`
        : nothing
    }
  </section>`;

const atlasLink = (summary: AtlasSummary): TemplateResult =>
  html`<li>
    <a href=${hashOf("atlas", [summary.id])}>
      <img src=${sourceOf(artifactPath(summary.id, "preview.png"))} alt="" loading="lazy" />
      <strong>${datasetName(summary.dataset)}</strong>
      <span class="quiet"
        >${ofKind(summary.kind)}${summary.model}
        · ${moment(summary.finished_at)}</span
      >
    </a>
  </li>`;

/** What is said of those that are no plain atlas. */
const ofKind = (kind = KIND): string => (kind === KIND ? "" : `${spaced(kind)} · `);

const IDENTIFIER = /^[0-9a-f]{32}$/;

/** A dataset by its name; one that is gone by its identifier, unless that is a name itself. */
export const datasetName = (id: string): string =>
  order.datasets?.find((dataset) => dataset.id === id)?.name ??
  (IDENTIFIER.test(id) ? id.slice(0, 8) : id);

const teaching = (): TemplateResult =>
  html`<section class="card teaching">
    <p>
      There is no atlas yet. Choose a dataset and make a draft: of a few hundred images it takes
      minutes on a laptop, and you can watch it come. Then look around in it: which cells speak for a
      class, what tells two classes apart, and where a picture of yours would lie.
    </p>
  </section>`;
