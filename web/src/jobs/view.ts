// The Jobs view: all jobs, the newest first, or one of them in full.

import { html, nothing, type TemplateResult } from "lit-html";
import { redraw } from "../parts/draw";
import { selectField } from "../parts/field";
import { refusalNote } from "../parts/notes";
import { hashOf, rewriteAddress } from "../parts/place";
import { moment, titled } from "../parts/words";
import { refusalFrom } from "../service/ask";
import type { Refusal } from "../service/refusal";
import type { Job } from "../service/types";
import type { View } from "../view";
import { listJobs } from "./asking";
import { Followed } from "./following";
import { jobCard, progressBar, statusBadge } from "./job_card";
import { OPEN, standing, STATUSES } from "./wording";

interface JobsState {
  followed: Followed | null;
  jobs: readonly Job[];
  /** Further pages, as they were asked for. */
  older: readonly Job[];
  nextCursor: string | null;
  status: string;
  isLoaded: boolean;
  refusal: Refusal | null;
}

const state: JobsState = {
  followed: null,
  jobs: [],
  older: [],
  nextCursor: null,
  status: "",
  isLoaded: false,
  refusal: null,
};

const SOON_MILLISECONDS = 1500;
const LATER_MILLISECONDS = 6000;

let timer = 0;
let isListShown = false;

/** List the newest jobs, and again soon as long as one is open. */
async function look(): Promise<void> {
  clearTimeout(timer);
  const { status } = state;
  try {
    const { jobs, next_cursor: next } = await listJobs({ status });
    if (status !== state.status) return;
    if (state.older.length === 0) state.nextCursor = next;
    Object.assign(state, { jobs, refusal: null, isLoaded: true });
  } catch (error) {
    state.refusal = refusalFrom(error);
  }
  redraw();
  if (!isListShown) return;
  const isBusy = state.refusal !== null || state.jobs.some((job) => OPEN.has(job.status));
  timer = window.setTimeout(() => void look(), isBusy ? SOON_MILLISECONDS : LATER_MILLISECONDS);
}

async function showOlder(): Promise<void> {
  const { jobs, next_cursor: next } = await listJobs({
    status: state.status,
    cursor: state.nextCursor ?? "",
  });
  Object.assign(state, { older: [...state.older, ...jobs], nextCursor: next });
  redraw();
}

function enter(path: readonly string[], query: URLSearchParams): void {
  leave();
  const [id] = path;
  if (id) {
    state.followed = new Followed(id);
    return;
  }
  isListShown = true;
  state.status = query.get("status") ?? "";
  void look();
}

function leave(): void {
  isListShown = false;
  clearTimeout(timer);
  state.followed?.letGo();
  Object.assign(state, { followed: null, older: [] });
}

function filter(status: string): void {
  Object.assign(state, { status, older: [], isLoaded: false, jobs: [] });
  rewriteAddress(hashOf("jobs", [], new URLSearchParams(status ? { status } : {})));
  void look();
}

const template = (): TemplateResult =>
  state.followed
    ? html`<p class="way-back"><a href="#/jobs">← All jobs</a></p>
        ${jobCard(state.followed)}`
    : list();

const list = (): TemplateResult =>
  html`<section class="card" aria-labelledby="jobs-title">
    <div class="card-head">
      <h2 id="jobs-title">Jobs</h2>
      <div class="filter">
        ${selectField({
          id: "status-filter",
          label: "Show",
          value: state.status,
          choices: [
            { value: "", text: "all" },
            ...STATUSES.map((status) => ({ value: status, text: status })),
          ],
          change: filter,
        })}
      </div>
    </div>
    ${refusalNote(state.refusal, () => void look())}
    ${state.jobs.length > 0 ? rows() : state.isLoaded ? nothingYet() : nothing}
  </section>`;

function rows(): TemplateResult {
  const shown = new Set(state.jobs.map(({ id }) => id));
  const all = [...state.jobs, ...state.older.filter(({ id }) => !shown.has(id))];
  return html`<ul class="jobs">
      ${all.map(row)}
    </ul>
    ${
      state.nextCursor
        ? html`<button class="plain" type="button" @click=${() => void showOlder()}>Older jobs</button>`
        : nothing
    }`;
}

const row = (job: Job): TemplateResult =>
  html`<li>
    <a href=${hashOf("jobs", [job.id])}>${titled(job.kind)}</a>
    <span class="quiet">${job.model} · ${moment(job.created_at)}</span>
    ${statusBadge(job)} ${progressBar(job)}
    <span class="words">${standing(job)}</span>
  </li>`;

const nothingYet = (): TemplateResult =>
  state.status
    ? html`<p class="quiet">No job is ${state.status}.</p>`
    : html`<div class="teaching">
        <p>
          Work that takes longer than a request may last is a job: pictures of what a network's units
          look for, for example. It outlives this page, and stands here until it is deleted.
        </p>
        <p><a class="button" href="#/features">Make a first one</a></p>
      </div>`;

export const jobsView: View = { title: "Jobs", enter, leave, template };
