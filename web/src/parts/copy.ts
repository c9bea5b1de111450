// Copying to the clipboard, and saving to a file.

const SAID_MILLISECONDS = 1500;

/** What a button does that copies a text, and says so for a moment. */
export const copy =
  (text: () => string) =>
  async (event: Event): Promise<void> => {
    const button = event.currentTarget as HTMLButtonElement;
    const said = (await copied(text())) ? "Copied" : "Not copied";
    button.dataset["said"] = said;
    setTimeout(() => delete button.dataset["said"], SAID_MILLISECONDS);
  };

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

/** Browsers give the clipboard itself to pages of this machine and of HTTPS alone. */
function copiedBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "unseen";
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  return isCopied;
}

/** Save a file under a name. */
export function save(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
