// Drawing an answer, and what went wrong.

const element = (id) => document.getElementById(id);

const percent = (part) => {
  const rounded = (part * 100).toFixed(1);
  return part < 0.0005 ? "< 0.1 %" : part < 1 && rounded === "100.0" ? "> 99.9 %" : `${rounded} %`;
};

/** Show the most probable classes as bars; choosing one explains it. */
export function showPredictions(predictions, targetIndex, choose) {
  const items = predictions.map((prediction) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "prediction";
    button.title = `Explain ${prediction.label}`;
    button.setAttribute("aria-pressed", String(prediction.index === targetIndex));
    const part = document.createElement("span");
    part.className = "part";
    part.style.width = `${prediction.probability * 100}%`;
    const label = document.createElement("span");
    label.className = "label";
    label.textContent = prediction.label;
    const shown = document.createElement("span");
    shown.className = "percent";
    shown.textContent = percent(prediction.probability);
    button.append(part, label, shown);
    button.addEventListener("click", () => choose(prediction.index));
    const item = document.createElement("li");
    item.append(button);
    return item;
  });
  element("predictions").replaceChildren(...items);
}

const CAPTIONS = {
  positive: "What speaks for",
  negative: "What speaks against",
  both: "What speaks for and against",
};

/** Lay the coloured map over the picture. */
export function showExplanation(answer, polarity) {
  const caption = `${CAPTIONS[polarity]} “${answer.target.label}”`;
  element("colours").src = `data:image/png;base64,${answer.overlay}`;
  element("colours").hidden = false;
  element("explained-original").alt = `${caption}, as colours over the picture`;
  element("explained-caption").textContent = caption;
  element("explained-caption").title = caption;
}

/** Take away what belongs to another picture or to other choices. */
export function clearAnswer() {
  element("colours").hidden = true;
  element("explained-caption").textContent = "What the model looks at";
  element("predictions").replaceChildren();
  element("timing").textContent = "";
}

/** Say where the time went. */
export function showTimes(times) {
  const shown = (ms) =>
    ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
  element("timing").textContent = times.map(([name, ms]) => `${name} ${shown(ms)}`).join(" · ");
}

/** Show that something is computed, and for how long already; returns how to end that. */
export function showWorking(text) {
  const startedAt = performance.now();
  const tell = () => {
    const seconds = Math.floor((performance.now() - startedAt) / 1000);
    element("working-text").textContent = seconds < 2 ? text : `${text} ${seconds} s`;
    element("working").hidden = false;
  };
  // What is answered at once needs no spinner.
  const first = setTimeout(tell, 250);
  const ticking = setInterval(tell, 1000);
  element("explained").setAttribute("aria-busy", "true");
  return () => {
    clearTimeout(first);
    clearInterval(ticking);
    element("working").hidden = true;
    element("explained").setAttribute("aria-busy", "false");
  };
}

/** Show messages: [{ title, text, isError, retry }]; none takes them away. */
export function showNotes(notes) {
  const shown = notes.map(({ title, text, isError, retry }) => {
    const note = document.createElement("div");
    note.className = isError ? "note is-error" : "note";
    const heading = document.createElement("strong");
    heading.textContent = title;
    note.append(heading, text);
    if (retry) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = "Try again";
      button.addEventListener("click", retry);
      note.append(document.createElement("br"), button);
    }
    return note;
  });
  element("notes").replaceChildren(...shown);
}
