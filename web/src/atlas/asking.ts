// The questions about atlases.

import { artifactPath } from "../jobs/asking";
import type { Picture } from "../explain/picture";
import { ask, formOf, queryOf } from "../service/ask";
import { Refusal } from "../service/refusal";
import type { AtlasDocument, AtlasList, LocatedCell } from "../service/types";
import { CellGrid, VERSION, type Atlas, type CellsFile } from "./document";

const pathOf = (id: string, part = ""): string => `atlases/${encodeURIComponent(id)}${part}`;

export const listAtlases = async (cursor = ""): Promise<AtlasList> =>
  (await ask<AtlasList>(`atlases${queryOf({ cursor })}`)).body;

/** Fetch an atlas and the cells of all its grids. */
export async function fetchAtlas(id: string): Promise<Atlas> {
  const { body: document } = await ask<AtlasDocument>(pathOf(id));
  refuseUnknown(document.version);
  const grids = await Promise.all(
    document.grids.map(async (about) => {
      const { body } = await ask<CellsFile>(artifactPath(id, about.cells_path));
      return new CellGrid(about, body.cells);
    }),
  );
  return { id, document, grids };
}

function refuseUnknown(version: number | undefined): void {
  if ((version ?? VERSION) === VERSION) return;
  throw new Refusal({
    title: "This atlas has another format",
    detail: `This page reads version ${VERSION}, and the atlas has version ${version}. Load the page anew.`,
    code: "atlas_version",
  });
}

/** Ask in which cells a picture falls. */
export const locate = async (
  id: string,
  picture: Picture,
  signal: AbortSignal,
): Promise<readonly LocatedCell[]> =>
  (
    await ask<LocatedCell[]>(pathOf(id, "/locate"), {
      method: "POST",
      body: formOf(picture, {}),
      signal,
    })
  ).body;
