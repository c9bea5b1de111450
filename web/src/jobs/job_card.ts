// One job in full: how it stands, what is seen of it, what it made, what can be done.

import { html, nothing, type TemplateResult } from "lit-html";
import { curvePlot } from "../parts/curve";
import { follow, sourceOf } from "../parts/file";
import { advice, refusalNote } from "../parts/notes";
import { hashOf } from "../parts/place";
import { unitAddress } from "../model/unit_address";
import { bytes, moment, spaced, titled } from "../parts/words";
import { hasKey } from "../service/key";
import type { Artifact, Job } from "../service/types";
import { artifactPath } from "./asking";
import type { Followed } from "./following";
import { markOf, OPEN, standing } from "./wording";

export const statusBadge = ({ status }: Job): TemplateResult =>
  html`<span class="badge is-${status}"
    ><span aria-hidden="true">${markOf(status)}</span> ${titled(status)}</span
  >`;

export const progressBar = ({ kind, progress, status }: Job): TemplateResult =>
  html`<progress
    max="1"
    .value=${status === "succeeded" ? 1 : progress.fraction}
    aria-label="Progress of ${spaced(kind)}"
  ></progress>`;

/** The job, with a heading of the level that the place wants. */
export const jobCard = (followed: Followed): TemplateResult => {
  const { job, refusal } = followed;
  if (followed.isDeleted) {
    return html`<section class="card">
      ${advice("Deleted", "The job and its files are gone")}
      <a href="#/jobs">All jobs</a>
    </section>`;
  }
  return html`<section class="card job" aria-labelledby="job-title">
    ${refusalNote(refusal)}
    ${job ? whole(followed, job) : refusal ? nothing : html`<p class="quiet">Looking …</p>`}
  </section>`;
};

const whole = (followed: Followed, job: Job): TemplateResult =>
  html`<div class="card-head">
      <h2 id="job-title">${titled(job.kind)} <span class="quiet">of ${job.model}</span></h2>
      ${statusBadge(job)}
    </div>
    <div class="standing">
      ${progressBar(job)}
      <span class="percent">${percentOf(job)}</span>
    </div>
    <p role="status" id="standing">${standing(job)}</p>
    ${
      followed.isCutOff && OPEN.has(job.status)
        ? advice(
            "No news at the moment",
            "The connection broke off; the page goes on by itself",
          )
        : nothing
    }
    <div class="buttons">${wishes(followed, job)}</div>
    ${picture(followed, job)}
    ${
      followed.rises.length > 0
        ? curvePlot(
            "How far each picture rose towards its objective",
            followed.rises.map(({ objective, scores }) => ({
              name: objective,
              values: scores,
            })),
          )
        : nothing
    }
    ${files(followed, job)} ${details(job)}`;

const percentOf = ({ status, progress }: Job): string =>
  status === "succeeded" ? "100 %" : `${Math.floor(progress.fraction * 100)} %`;

function wishes(followed: Followed, job: Job): TemplateResult[] {
  const { isAsking } = followed;
  const cancel = () => void followed.cancel();
  const retry = () => void followed.retry();
  if (OPEN.has(job.status)) {
    return [
      html`<button class="plain is-alarm" type="button" ?disabled=${isAsking} @click=${cancel}>
        Cancel
      </button>`,
    ];
  }
  const begins = html`<button class="plain" type="button" ?disabled=${isAsking} @click=${retry}>
    Retry
  </button>`;
  const deletes = html`<button
    class="plain is-alarm"
    type="button"
    ?disabled=${isAsking}
    @click=${cancel}
  >
    Delete with its files
  </button>`;
  if (job.status !== "succeeded") return [begins, deletes];
  const has = (name: string) => followed.artifacts.some(({ path }) => path === name);
  const opens = (address: string, text: string) =>
    html`<a class="button plain" href=${address}>${text}</a>`;
  if (has("atlas.json")) return [opens(hashOf("atlas", [job.id]), "Open the atlas"), deletes];
  if (has("strongest.json")) {
    const address = unitAddress(job.model, String(job.params["layer"]), 0);
    return [opens(address, "Look at the channels"), deletes];
  }
  return [deletes];
}

/** Files that show all that was made, and what is seen on them. */
const WHOLE: Readonly<Record<string, string>> = {
  "grid.png": "All pictures, each under what it was made for",
  "preview.png": "A grid of the atlas, with the names of classes",
};

/** What is being made; at the end the whole of it. */
function picture(followed: Followed, job: Job) {
  const whole = followed.artifacts.find(({ path }) => path in WHOLE);
  if (whole) {
    const address = artifactPath(job.id, whole.path);
    return html`<a class="made" href=${address} target="_blank" @click=${follow(address)}
      ><img src=${sourceOf(address)} alt=${WHOLE[whole.path] ?? ""}
    /></a>`;
  }
  if (!OPEN.has(job.status)) return nothing;
  return html`<div class="made is-open">
    ${
      followed.preview
        ? html`<img src="data:image/png;base64,${followed.preview}" alt="What is being made" />`
        : html`<p class="quiet">What is being made will be seen here.</p>`
    }
  </div>`;
}

/** Files that are shown at once. */
const FEW = 24;

function files({ artifacts }: Followed, job: Job) {
  if (artifacts.length === 0) return nothing;
  return html`<details class="files" ?open=${artifacts.length <= FEW}>
    <summary>${artifacts.length} ${artifacts.length === 1 ? "file" : "files"}</summary>
    <ul class="artifacts">
      ${artifacts.map((artifact) => html`<li>${file(artifact, job, artifacts.length <= FEW)}</li>`)}
    </ul>
  </details>`;
}

const file = (
  { path, bytes: size, media_type: type }: Artifact,
  job: Job,
  isAmongFew: boolean,
): TemplateResult => {
  const address = artifactPath(job.id, path);
  // Those of many files are not fetched one by one.
  const isPicture = type.startsWith("image/") && (isAmongFew || !hasKey());
  return html`<a href=${address} target="_blank" @click=${follow(address)}>
    ${
      isPicture
        ? html`<img src=${sourceOf(address)} alt="" loading="lazy" width="96" height="96" />`
        : html`<span class="no-picture" aria-hidden="true">${path.split(".").pop()}</span>`
    }
    <span>${path}</span> <span class="quiet">${bytes(size)}</span>
  </a>`;
};

const details = (job: Job): TemplateResult =>
  html`<details>
    <summary>Parameters and times</summary>
    <dl class="facts">
      <dt>ID</dt>
      <dd>${job.id}</dd>
      <dt>Submitted</dt>
      <dd>${moment(job.created_at)}</dd>
      ${fact("Begun", job.started_at)} ${fact("Ended", job.finished_at)}
      ${fact("Kept until", job.expires_at)}
      <dt>Attempts</dt>
      <dd>${job.attempt}</dd>
      ${Object.entries(job.params).map(
        ([name, given]) =>
          html`<dt>${titled(name)}</dt>
            <dd>${shown(given)}</dd>`,
      )}
    </dl>
  </details>`;

const fact = (title: string, time: string | null) =>
  time
    ? html`<dt>${title}</dt>
        <dd>${moment(time)}</dd>`
    : nothing;

function shown(given: unknown): string {
  if (given === null) return "automatic";
  if (typeof given === "object") return JSON.stringify(given);
  return String(given);
}
