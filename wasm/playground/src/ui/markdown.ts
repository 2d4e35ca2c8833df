// The Markdown of hovers and of completions as elements. Only what the language service writes is known; whatever
// else stands in it is text. Nothing is ever read as HTML.

/** A text with `code`, **bold**, *emphasis* and [links](…) as nodes. */
export function inline(text: string): Node[] {
  const nodes: Node[] = [];
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|(?<![\w*])[*_]([^*_]+)[*_](?![\w*])|\[([^\]]+)\]\(([^)\s]+)\)|\\([\\`*_{}[\]()#+\-.!<>|~])/g;
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > done) nodes.push(document.createTextNode(text.slice(done, match.index)));
    done = match.index + match[0].length;
    const [, code, bold, emphasis, label, address, escaped] = match;
    if (code !== undefined) nodes.push(element("code", code));
    else if (bold !== undefined) nodes.push(element("strong", ...inline(bold)));
    else if (emphasis !== undefined) nodes.push(element("em", ...inline(emphasis)));
    else if (escaped !== undefined) nodes.push(document.createTextNode(escaped));
    else if (label !== undefined) nodes.push(link(label, address ?? ""));
  }
  if (done < text.length) nodes.push(document.createTextNode(text.slice(done)));
  return nodes;
}

function link(label: string, address: string): Node {
  if (!/^https?:\/\//.test(address)) return element("span", ...inline(label));
  const anchor = element("a", ...inline(label)) as HTMLAnchorElement;
  anchor.href = address;
  anchor.target = "_blank";
  anchor.rel = "noreferrer";
  return anchor;
}

function element(name: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/** A page of Markdown as one element. */
export function markdown(text: string): HTMLElement {
  const page = element("div");
  page.className = "cm-prose";
  const lines = text.split("\n");
  let paragraph: string[] = [];
  let list: HTMLElement | null = null;
  const flush = () => {
    if (paragraph.length > 0) page.append(element("p", ...paragraph.flatMap(withBreak)));
    paragraph = [];
    list = null;
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const item = /^\s*[-*] (.*)/.exec(line);
    const heading = /^#{1,6} (.*)/.exec(line);
    if (/^\s*```/.test(line)) {
      flush();
      const end = lines.findIndex((other, index) => index > at && /^\s*```/.test(other));
      const last = end < 0 ? lines.length : end;
      page.append(element("pre", element("code", lines.slice(at + 1, last).join("\n"))));
      at = last;
    } else if (/^\s*(---+|\*\*\*+)\s*$/.test(line)) {
      flush();
      page.append(element("hr"));
    } else if (heading) {
      flush();
      page.append(element("h4", ...inline(heading[1] ?? "")));
    } else if (item) {
      if (paragraph.length > 0) flush();
      if (!list) page.append(list = element("ul"));
      list.append(element("li", ...inline(item[1] ?? "")));
    } else if (line.trim() === "") {
      flush();
    } else if (list && /^\s+\S/.test(line)) {
      list.lastElementChild?.append(" ", ...inline(line.trim()));
    } else {
      if (list) flush();
      paragraph.push(line);
    }
  }
  flush();
  return page;
}

/** Two blanks at the end of a line break it. */
function withBreak(line: string, at: number, all: string[]): Node[] {
  if (at === all.length - 1) return inline(line.trim());
  return [...inline(line.trim()), line.endsWith("  ") ? element("br") : document.createTextNode(" ")];
}
