/**
 * A browser that translates a page puts each text into elements of its own, behind React's back: React then removes or changes a text
 * that is no longer where it was, and the page dies of it, or shows numbers of long ago (facebook/react#11538). Here it is noted
 * what stands for which text, so that removing the text removes that, and changing it changes that, to be translated anew.
 */

const standsFor = new WeakMap<Node, Element>();

/** What stands for the node, when that was taken out of the page by a translation; else the node itself. */
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

/** To be called once, before anything is rendered. */
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
