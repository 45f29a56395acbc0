// Naming the language of a passage in the text of an article: a button beside bold and
// italic, Ctrl+Shift+L, and a question. The language is a style of letters, "lang-fa":
// links and emphasis may cross it, and a letter has at most one.

const STYLE = "lang-";
const TYPE = "passage";
const { React } = window;
const { EditorState, Modifier, SelectionState } = window.DraftJS ?? {};
const dialog = document.getElementById("desk-passage");
const select = dialog?.querySelector("select");
const ways = new Map(
  [...(select?.querySelectorAll("[data-way]") ?? [])].map((one) => [one.value, one.dataset.way]),
);

function isLanguage(name) {
  return String(name).startsWith(STYLE);
}

/** @returns the tag of the language of a letter, null for that of the article */
function spoken(letter) {
  const style = letter.getStyle().find(isLanguage);
  return style ? style.slice(STYLE.length) : null;
}

// What is to be marked: what is selected; else the passage round the caret; else the
// whole paragraph.
function reach(state) {
  const selection = state.getSelection();
  const block = state.getCurrentContent().getBlockForKey(selection.getStartKey());
  if (!selection.isCollapsed()) {
    return selection;
  }
  const letters = block.getCharacterList().toArray().map(spoken);
  let start = selection.getStartOffset();
  const language = letters[start] ?? letters[start - 1] ?? null;
  if (language === null) {
    return within(block, 0, letters.length);
  }
  start -= letters[start] === language ? 0 : 1;
  let end = start;
  while (start > 0 && letters[start - 1] === language) {
    start -= 1;
  }
  while (letters[end] === language) {
    end += 1;
  }
  return within(block, start, end);
}

function within(block, start, end) {
  return SelectionState.createEmpty(block.getKey()).merge({ anchorOffset: start, focusOffset: end });
}

// Blanks at its ends belong to what is around it.
function trimmed(state, selection) {
  const key = selection.getStartKey();
  if (key !== selection.getEndKey()) {
    return selection;
  }
  const block = state.getCurrentContent().getBlockForKey(key);
  const from = selection.getStartOffset();
  const words = block.getText().slice(from, selection.getEndOffset());
  const start = from + words.length - words.trimStart().length;
  return words.trim() === "" ? selection : within(block, start, start + words.trim().length);
}

function blocksOf(state, selection) {
  const content = state.getCurrentContent();
  const keys = content.getBlockMap().keySeq().toArray();
  const range = keys.slice(
    keys.indexOf(selection.getStartKey()),
    keys.indexOf(selection.getEndKey()) + 1,
  );
  return range.map((key, number) => {
    const block = content.getBlockForKey(key);
    const start = number === 0 ? selection.getStartOffset() : 0;
    const end = number === range.length - 1 ? selection.getEndOffset() : block.getLength();
    return { block, start, end };
  });
}

/** @returns the languages of a range, null among them where a part is the article's own */
function languagesIn(state, selection) {
  const found = blocksOf(state, selection).flatMap(({ block, start, end }) =>
    block.getCharacterList().slice(start, end).toArray().map(spoken),
  );
  return [...new Set(found)];
}

function wordsOf(state, selection) {
  return blocksOf(state, selection)
    .map(({ block, start, end }) => block.getText().slice(start, end))
    .join(" ");
}

/** Name the language of a range, or take it away with `null`. */
function named(state, selection, language) {
  let content = state.getCurrentContent();
  for (const other of languagesIn(state, selection).filter((one) => one !== null)) {
    content = Modifier.removeInlineStyle(content, selection, STYLE + other);
  }
  if (language !== null) {
    content = Modifier.applyInlineStyle(content, selection, STYLE + language);
  }
  const next = EditorState.push(state, content, "change-inline-style");
  // What is typed behind the passage is the article's own again.
  const caret = selection.merge({
    anchorKey: selection.getEndKey(),
    anchorOffset: selection.getEndOffset(),
    focusKey: selection.getEndKey(),
    focusOffset: selection.getEndOffset(),
    isBackward: false,
    hasFocus: true,
  });
  const settled = EditorState.forceSelection(next, caret);
  const kept = settled.getCurrentInlineStyle().filter((name) => !isLanguage(name));
  return EditorState.setInlineStyleOverride(settled, kept);
}

function ask(getEditorState, setEditorState) {
  const state = getEditorState();
  const selection = trimmed(state, reach(state));
  const words = wordsOf(state, selection);
  if (words.trim() === "") {
    return;
  }
  const spokenThere = languagesIn(state, selection);
  const language = spokenThere.length === 1 ? (spokenThere[0] ?? "") : ""; // of all of it
  offer(select, language);
  select.value = language;
  show(words, language);
  dialog.querySelector("[value=free]").hidden = spokenThere.every((one) => one === null);
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    const chosen = dialog.returnValue;
    const now = getEditorState();
    if (chosen === "name" || chosen === "free") {
      setEditorState(named(now, selection, chosen === "name" ? select.value : null));
    } else {
      setEditorState(EditorState.forceSelection(now, now.getSelection()));
    }
  }, { once: true });
  dialog.showModal();
  select.focus();
}

// What is in several languages, or in none that is named, is not said in that of the site.
function show(words, language) {
  const shown = dialog.querySelector(".desk-passage__words");
  shown.textContent = words;
  shown.dir = ways.get(language) ?? "auto";
  shown.lang = language;
}

// A language that came with the text, and has no place in the list, keeps its own.
function offer(list, language) {
  if (![...list.options].some((one) => one.value === language)) {
    list.add(new Option(language, language), 1);
  }
}

// The same key whatever letters it writes.
function isKey({ nativeEvent: event }) {
  return event.code === "KeyL" && event.shiftKey && !event.altKey && (event.ctrlKey || event.metaKey);
}

function Control({ getEditorState, onChange }) {
  const state = getEditorState();
  const label = dialog.querySelector("h2").textContent;
  return React.createElement(window.Draftail.ToolbarButton, {
    name: TYPE,
    title: `${label}\nCtrl+Shift+L`,
    icon: React.createElement("svg", { className: "icon icon-globe", "aria-hidden": "true" },
      React.createElement("use", { href: "#icon-globe" })),
    active: state.getCurrentInlineStyle().some(isLanguage),
    onClick: () => ask(getEditorState, onChange),
  });
}

function Passage({ language, children }) {
  const marks = { className: "desk-spoken", lang: language, "data-code": language };
  return React.createElement("span", { ...marks, dir: ways.get(language) ?? "auto" }, children);
}

// Found beside the decorators of links, not instead of them.
const decorator = {
  type: TYPE,
  getDecorations: (block) => block.getCharacterList().map(spoken).toList(),
  getComponentForKey: () => Passage,
  getPropsForKey: (key) => ({ language: key }),
};
const plugin = {
  type: TYPE,
  keyBindingFn: (event) => (isKey(event) ? TYPE : undefined),
  handleKeyCommand(command, ...given) {
    if (command !== TYPE) {
      return "not-handled";
    }
    const { getEditorState, setEditorState } = given.at(-1);
    ask(getEditorState, setEditorState);
    return "handled";
  },
  // The line stands below the letters of links too, which have a decorator of their own.
  customStyleFn: (names) => (names.some(isLanguage) ? { textDecoration: "underline dotted" } : undefined),
};

// Draftail keeps, of what is pasted, moved or saved, the styles that its list includes.
// This one includes that of every language, offered or not; so do lists made from it.
class Styles extends Array {
  includes(name) {
    return isLanguage(name) || super.includes(name);
  }
}

function withPassages(Area) {
  return class extends Area {
    constructor(options) {
      const { controls = [], decorators = [], plugins = [], inlineStyles = [] } = options;
      super({
        ...options,
        controls: [...controls, { type: TYPE, inline: Control }],
        decorators: [...decorators, decorator],
        plugins: [...plugins, plugin],
        inlineStyles: Styles.of(...inlineStyles),
      });
    }
  };
}

// Enter does what the first button does, as in a field; a list of choices has no such.
select?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && select.value !== "") {
    event.preventDefault();
    dialog.close("name");
  }
});

// The field of a list or a table.
function withLanguages(Select) {
  const { boundWidgetClass: Bound } = new Select("");
  class BoundLanguageSelect extends Bound {
    setState(state) {
      state.forEach((language) => offer(this.input, language));
      super.setState(state);
    }
  }
  return class extends Select {
    boundWidgetClass = BoundLanguageSelect;
  };
}

if (dialog && window.draftail) {
  const area = withPassages(window.draftail.DraftailRichTextArea);
  window.telepath.register("wagtail.widgets.DraftailRichTextArea", area);
  const list = withLanguages(window.telepath.constructors["wagtail.widgets.Select"]);
  window.telepath.register("newsroom.LanguageSelect", list);
}
