/**
 * Makes React work with browsers that translate pages. They move each text into new elements. React then fails when it removes a
 * text, or updates one that is not shown any more (facebook/react#11538). This records which element replaced which text, so that
 * removing the text removes the element, and changing it shows the new text, to be translated again.
 */

const standsFor = new WeakMap<Node, Element>();

/** The element that replaced the node in a translation; otherwise the node itself. */
function shown(node: Node): Node {
  const stand = standsFor.get(node);
  return stand === undefined || node.parentNode !== null ? node : stand;
}

function note(record: MutationRecord): void {
  for (const gone of record.removedNodes) {
    if (gone.nodeType !== Node.TEXT_NODE) continue;
    const beside = [...record.addedNodes, record.previousSibling, record.nextSibling];
    const stand = beside.find((node) => node instanceof HTMLElement && node.tagName === "FONT");
    if (stand instanceof HTMLElement) standsFor.set(gone, stand);
  }
}

/** Call once, before anything is rendered. */
export function liveWithTranslation(): void {
  const observer = new MutationObserver((records) => records.forEach(note));
  observer.observe(document, { childList: true, subtree: true });
  const catchUp = (): void => observer.takeRecords().forEach(note);

  // oxlint-disable-next-line typescript/unbound-method -- called with the node they belong to
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function remove<T extends Node>(this: Node, child: T): T {
    if (child.parentNode === this) return removeChild.call(this, child) as T;
    catchUp();
    const stand = shown(child);
    if (stand.parentNode !== null) removeChild.call(stand.parentNode, stand);
    return child;
  };
  Node.prototype.insertBefore = function insert<T extends Node>(this: Node, node: T, before: Node | null): T {
    if (before === null || before.parentNode === this) return insertBefore.call(this, node, before) as T;
    catchUp();
    const stand = shown(before);
    return insertBefore.call(this, node, stand.parentNode === this ? stand : null) as T;
  };

  const value = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue");
  if (value?.get === undefined || value.set === undefined) return;
  // oxlint-disable-next-line typescript/unbound-method -- called with the node it belongs to
  const { get, set } = value;
  Object.defineProperty(Node.prototype, "nodeValue", {
    ...value,
    get,
    set(this: Node, text: string | null) {
      set.call(this, text);
      if (this.parentNode !== null) return;
      catchUp();
      const stand = shown(this);
      if (stand !== this) stand.textContent = text;
    },
  });
}
