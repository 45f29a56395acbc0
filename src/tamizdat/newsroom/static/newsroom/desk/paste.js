// Pasting into the text of an article: the newsroom's server reads the markup of other
// programs and answers with blocks. Paragraphs go where the caret stands; a list, a
// table, a subhead or a quotation becomes a block of its own behind it.

const OURS = /data-offset-key|data-block-key|data-draftail/; // copied from a form like this
const LANGUAGE = /(?:^|\s)desk-in-(\S+)/; // of the article, as the page says it
const script = document.querySelector("script[data-desk-paste]");
const pastedByUs = new WeakSet();

function streamOf(target) {
  for (let element = target; element; element = element.parentElement) {
    if (element.rootBlock?.insert) {
      return element.rootBlock;
    }
  }
  return null;
}

function onPaste(event) {
  const markup = event.clipboardData?.getData("text/html") ?? "";
  const editor =
    event.target instanceof Element && event.target.closest(".public-DraftEditor-content");
  if (pastedByUs.has(event) || !editor || markup === "" || OURS.test(markup)) {
    return;
  }
  const stream = streamOf(editor);
  if (!stream) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  const plain = event.clipboardData.getData("text/plain");
  clean(markup).then(
    (found) => place(found, editor, stream),
    () => pasteInto(editor, "", plain), // the words at least
  );
}

async function clean(markup) {
  const fields = new FormData();
  fields.set("html", markup);
  fields.set("language", LANGUAGE.exec(document.body.className)?.[1] ?? "");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(script.dataset.deskPaste, {
    method: "POST",
    body: fields,
    headers: { "X-CSRFToken": token },
  });
  if (!answer.ok) {
    throw new Error(`expected blocks, found ${answer.status}`);
  }
  return answer.json();
}

function place(found, editor, stream) {
  if (found.content !== "") {
    pasteInto(editor, copied(found.content), "");
  } else {
    insertBehind(found.blocks, editor, stream);
  }
  say(found.told);
}

// Such text as the editor itself puts into the clipboard, with all its marks.
function copied(content) {
  const holder = document.createElement("div");
  holder.setAttribute("data-draftjs-conductor-fragment", content);
  return holder.outerHTML;
}

// The editor takes a paste event of a script like one of a person.
function pasteInto(editor, markup, plain) {
  const data = new DataTransfer();
  if (markup !== "") {
    data.setData("text/html", markup);
  }
  data.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", {
    clipboardData: data,
    bubbles: true,
    cancelable: true,
  });
  pastedByUs.add(event);
  editor.focus();
  editor.dispatchEvent(event);
}

function insertBehind(blocks, editor, stream) {
  const at = stream.children.findIndex((child) => child.element.contains(editor));
  const isEmpty = editor.textContent.trim() === "";
  blocks.forEach((block, number) => {
    stream.insert(block, at + 1 + number, { animate: false });
  });
  if (isEmpty && at >= 0) {
    stream.deleteBlock(at);
  }
}

function say(words) {
  let place = document.querySelector(".desk-pasted");
  if (!place) {
    place = document.createElement("p");
    place.className = "desk-pasted";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  place.textContent = words;
  setTimeout(() => place.remove(), 12_000);
}

document.addEventListener("paste", onPaste, true);
