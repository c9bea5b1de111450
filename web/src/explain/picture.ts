// The picture that is looked at: dropped, pasted, picked, or one of the samples.

import { askFile } from "../service/ask";

export interface Picture {
  blob: Blob;
  name: string;
  /** Where the browser shows it from. */
  address: string;
  /** Name of the sample; none for a person's own picture. */
  sample: string | null;
  /** Whether a reload of this tab finds it again; null until that is known. */
  isKept: boolean | null;
}

export interface Sample {
  name: string;
  title: string;
  file: string;
  credit: string;
}

/** Pictures that come with the page. */
export const SAMPLES: readonly Sample[] = [
  {
    name: "cat",
    title: "A cat",
    file: "web/samples/cat.jpg",
    credit: "Chelsea, photographed by Stéfan van der Walt (CC0)",
  },
  {
    name: "drawn-cat",
    title: "A drawn cat",
    file: "web/samples/drawn-cat.jpg",
    credit: "Drawn for Vitrine",
  },
  {
    name: "drawn-dog",
    title: "A drawn dog",
    file: "web/samples/drawn-dog.jpg",
    credit: "Drawn for Vitrine",
  },
];

/** Where a person's own picture outlives a reload; other tabs and people do not see it. */
const KEPT_AS = "vitrine.picture";

/** Take a person's own picture. */
export const ownPicture = (file: File): Picture => ({
  blob: file,
  name: file.name || "picture.png",
  address: URL.createObjectURL(file),
  sample: null,
  isKept: null,
});

/** Keep a picture for this tab, if the browser has room for it. */
export async function keepPicture(picture: Picture): Promise<void> {
  picture.isKept = keep(picture.name, await dataUrlOf(picture.blob));
}

/** Fetch a sample; none of that name gives null. */
export async function samplePicture(name: string): Promise<Picture | null> {
  const sample = SAMPLES.find((known) => known.name === name);
  if (!sample) return null;
  const blob = await askFile(sample.file);
  const fileName = sample.file.replace(/.*\//, "");
  const address = URL.createObjectURL(blob);
  return { blob, name: fileName, address, sample: name, isKept: true };
}

/** Find the picture that this tab had before it was loaded anew. */
export function keptPicture(): Picture | null {
  const kept = keptText();
  if (kept === null) return null;
  const { name, dataUrl } = JSON.parse(kept) as { name: string; dataUrl: string };
  const [head = "", content = ""] = dataUrl.split(",", 2);
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const blob = new Blob([bytes], { type: /data:([^;]*)/.exec(head)?.[1] ?? "" });
  return { blob, name, address: URL.createObjectURL(blob), sample: null, isKept: true };
}

/** Browsers that keep nothing for a page refuse to look, too. */
function keptText(): string | null {
  try {
    return sessionStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function keep(name: string, dataUrl: string): boolean {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify({ name, dataUrl }));
    return true;
  } catch {
    // Browsers keep some five million letters for a tab, some none; what is larger is not kept.
    forgetKept();
    return false;
  }
}

function forgetKept(): void {
  try {
    sessionStorage.removeItem(KEPT_AS);
  } catch {
    // There is nothing to forget.
  }
}

function dataUrlOf(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error ?? new Error("the file cannot be read"));
    reader.readAsDataURL(file);
  });
}
