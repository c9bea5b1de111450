// The Jobs view: all jobs, the newest first, or one of them in full.

import { html, nothing, type TemplateResult } from "lit-html";
import { redraw } from "../parts/draw";
import { selectField } from "../parts/field";
import { refusalNote } from "../parts/notes";
import { hashOf, rewriteAddress } from "../parts/place";
import { moment, spaced, titled } from "../parts/words";
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
  kind: string;
  /** Kinds that were seen so far, to choose from. */
  kinds: readonly string[];
  isLoaded: boolean;
  refusal: Refusal | null;
}

const state: JobsState = {
  followed: null,
  jobs: [],
  older: [],
  nextCursor: null,
  status: "",
  kind: "",
  kinds: [],
  isLoaded: false,
  refusal: null,
};

/** What the page itself can order; others are learned as they are seen. */
const KINDS: readonly string[] = ["activation-maximization", "atlas"];

const SOON_MILLISECONDS = 1500;
const LATER_MILLISECONDS = 6000;

let timer = 0;
let isListShown = false;

/** List the newest jobs, and again soon as long as one is open. */
async function look(): Promise<void> {
  clearTimeout(timer);
  const { status, kind } = state;
  try {
    const { jobs, next_cursor: next } = await listJobs({ status, kind });
    if (status !== state.status || kind !== state.kind) return;
    if (state.older.length === 0) state.nextCursor = next;
    const kinds = new Set([...KINDS, ...state.kinds, ...jobs.map((job) => job.kind)]);
    Object.assign(state, { jobs, kinds: [...kinds].sort(), refusal: null, isLoaded: true });
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
    kind: state.kind,
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
  state.kind = query.get("kind") ?? "";
  void look();
}

function leave(): void {
  isListShown = false;
  clearTimeout(timer);
  state.followed?.letGo();
  Object.assign(state, { followed: null, older: [] });
}

function filter(change: { status?: string; kind?: string }): void {
  Object.assign(state, { ...change, older: [], isLoaded: false, jobs: [] });
  const { status, kind } = state;
  const query = new URLSearchParams({ ...(status && { status }), ...(kind && { kind }) });
  rewriteAddress(hashOf("jobs", [], query));
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
          change: (status) => filter({ status }),
        })}
        ${selectField({
          id: "kind-filter",
          label: "of kind",
          value: state.kind,
          choices: [
            { value: "", text: "any" },
            ...[...new Set([...state.kinds, state.kind])]
              .filter(Boolean)
              .map((kind) => ({ value: kind, text: spaced(kind) })),
          ],
          change: (kind) => filter({ kind }),
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
  state.status || state.kind
    ? html`<p class="quiet">
        No job${state.kind ? ` of the kind ${spaced(state.kind)}` : ""} is
        ${state.status || "there"}.
      </p>`
    : html`<div class="teaching">
        <p>
          Work that takes longer than a request may last is a job: pictures of what a network's units
          look for, for example. It outlives this page, and stands here until it is deleted.
        </p>
        <p><a class="button" href="#/features">Make a first one</a></p>
      </div>`;

export const jobsView: View = { title: "Jobs", enter, leave, template };
