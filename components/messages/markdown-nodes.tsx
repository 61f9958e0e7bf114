import type { ListItem, Nodes, Paragraph, PhrasingContent, Root, Table } from 'mdast';
import { createElement, Fragment, type ReactNode } from 'react';
import { CodeBlock } from '@/components/messages/code-block';
import { Mention } from '@/components/messages/mention';
import { TaskBox } from '@/components/messages/task-box';
import { type Direction, directionOf } from '@/lib/platform/text/direction';

/** The context in which a node is rendered. */
interface Place {
  /** the direction of the parent; only nodes with another one set it */
  direction: Direction | undefined;
  /** number of mentions so far: a message with a thousand cannot give each a tooltip */
  mentions: { count: number };
}

/** Renders a tree within the budget of lib/platform/text: a few elements per node, and none that load or run anything. */
export function drawMarkdown(root: Root): { direction: Direction | undefined; children: ReactNode } {
  const direction = directionOf(root);
  return { direction, children: drawAll(root.children, { direction, mentions: { count: 0 } }) };
}

type Draw<Type extends Nodes['type']> = (node: Extract<Nodes, { type: Type }>, place: Place) => ReactNode;

const drawings: { [Type in Nodes['type']]?: Draw<Type> } = {
  text: ({ value }) => value,
  break: () => <br />,
  strong: ({ children }, place) => <strong>{drawAll(children, place)}</strong>,
  emphasis: ({ children }, place) => <em>{drawAll(children, place)}</em>,
  delete: ({ children }, place) => <del>{drawAll(children, place)}</del>,
  inlineCode: ({ value }) => <code>{value}</code>,
  mention: ({ handle, value }, { mentions }) => {
    mentions.count += 1;
    return <Mention handle={handle} text={value} isNamed={mentions.count <= maxNamed} />;
  },
  // noreferrer: the other site must not learn the address of this page.
  link: ({ url, children }, place) => (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {drawAll(children, place)}
    </a>
  ),
  paragraph: (node, place) => block('p', node, place, (inner) => drawLines(node, inner)),
  heading: (node, place) => block('p', node, place, (inner) => drawAll(node.children, inner), { className: 'heading' }),
  blockquote: (node, place) => block('blockquote', node, place, (inner) => drawAll(node.children, inner)),
  thematicBreak: () => <hr />,
  code: ({ value, lang }) => <CodeBlock code={value} language={lang ?? null} />,
  list: (node, place) => {
    const longest = Math.max(...node.children.map(({ data }) => data?.marker?.length ?? 0));
    // A year is wider than the usual space of list numbers.
    const look = longest > 3 ? { style: { '--marker': longest } } : {};
    return block(node.ordered ? 'ol' : 'ul', node, place, (inner) => drawAll(node.children, inner), look);
  },
  listItem: (node, place) => block('li', node, place, (inner) => drawItem(node, inner), numberOf(node)),
  table: (node, place) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
    <div tabIndex={0} className="scrolls">
      {block('table', node, place, (inner) => drawTable(node, inner))}
    </div>
  ),
};

const maxNamed = 50;

function draw(node: Nodes, place: Place): ReactNode {
  const drawing = drawings[node.type] as ((node: Nodes, place: Place) => ReactNode) | undefined;
  if (drawing) return drawing(node, place);
  if ('children' in node) return drawAll(node.children, place);
  return 'value' in node ? node.value : null;
}

/** Passed as arguments instead of an array: static content needs no keys. */
function drawAll(nodes: Nodes[], place: Place): ReactNode {
  return createElement(Fragment, null, ...nodes.map((node) => draw(node, place)));
}

/** An element that sets its direction where that differs from its parent's. */
function block(tag: string, node: Nodes, place: Place, fill: (inner: Place) => ReactNode, look: object = {}): ReactNode {
  const direction = directionOf(node) ?? place.direction;
  const dir = direction === place.direction ? {} : { dir: direction };
  return createElement(tag, { ...look, ...dir }, fill({ ...place, direction }));
}

/** Each line of a paragraph has the direction of its own text. */
function drawLines({ children }: Paragraph, place: Place): ReactNode {
  const lines = linesOf(children);
  const isMixed = lines.some((line) => (directionOf(line) ?? place.direction) !== place.direction);
  if (!isMixed) return drawAll(children, place);
  const drawn = lines.map((line) => createElement('span', { className: 'line', dir: directionOf(line) }, drawAll(line, place)));
  return createElement(Fragment, null, ...drawn);
}

function linesOf(nodes: PhrasingContent[]): PhrasingContent[][] {
  const lines: PhrasingContent[][] = [[]];
  for (const node of nodes) {
    if (node.type === 'break') lines.push([]);
    else lines.at(-1)?.push(node);
  }
  return lines;
}

/** The text of an item is next to its marker, without a paragraph unless the list is loose. */
function drawItem({ checked, spread, children }: ListItem, place: Place): ReactNode {
  const box = typeof checked === 'boolean' ? <TaskBox checked={checked} /> : null;
  const parts = children.map((child) => (child.type === 'paragraph' && !spread ? drawLines(child, place) : draw(child, place)));
  return createElement(Fragment, null, box, ...parts);
}

/** The number as it was typed. Where markers cannot be written, the browser counts on from it. */
function numberOf({ data }: ListItem): object {
  const marker = data?.marker;
  return marker ? { value: Number.parseInt(marker, 10), 'data-marker': marker } : {};
}

function drawTable({ align, children: [head, ...rows] }: Table, place: Place): ReactNode {
  const row = (cells: Nodes[], tag: 'th' | 'td') =>
    createElement(
      'tr',
      null,
      ...cells.map((cell, column) =>
        block(
          tag,
          cell,
          place,
          (inner) => ('children' in cell ? drawAll(cell.children, inner) : null),
          alignedAs(align?.[column]),
        ),
      ),
    );
  return (
    <>
      {head && <thead>{row(head.children, 'th')}</thead>}
      {rows.length > 0 && createElement('tbody', null, ...rows.map(({ children }) => row(children, 'td')))}
    </>
  );
}

const alignedAs = (align: 'left' | 'right' | 'center' | null | undefined) => (align ? { className: `to-${align}` } : {});
